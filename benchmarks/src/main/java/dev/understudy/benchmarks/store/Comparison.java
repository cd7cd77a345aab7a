package dev.understudy.benchmarks.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Ours beside the fastest of the hand-written ones of the same round. */
public record Comparison(List<Sample> samples) {
    /** Least, median and most of the rounds. */
    public record Spread(double least, double median, double most) {
        public static Spread of(List<Double> values) {
            double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return new Spread(
                    sorted[0],
                    (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2,
                    sorted[sorted.length - 1]);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
        }

        /** As an array of three numbers. */
        public String json() {
            return Arrays.stream(new double[] {least, median, most})
                    .mapToObj(number -> String.format(Locale.ROOT, "%.3f", number))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** By what it is a ratio of. */
    Map<String, Spread> ratios() {
        Map<String, Spread> ratios = new TreeMap<>();
        for (Work work : Work.values()) {
            // A row whose parent is missing has the same limit as one whose parent is there.
            Work limit = work == Work.MISSING ? Work.INSERT : work;
            String name = work.name().toLowerCase(Locale.ROOT);
            ratios.put(name + "Speed", ratio(work, limit, Measured::rowsPerSecond));
            ratios.put(name + "ServerCpu", ratio(work, limit, Measured::serverMicros));
            ratios.put(name + "Wal", ratio(work, limit, Measured::walPerRow));
        }
        if (samples.stream().anyMatch(sample -> sample.contender() instanceof CheckedSets)) {
            ratios.put("checkedSetsSpeed", checkedSets(Measured::rowsPerSecond));
            ratios.put("checkedSetsServerCpu", checkedSets(Measured::serverMicros));
        }
        return ratios;
    }

    Spread spread(Contender contender, Work work, ToDoubleFunction<Measured> figure) {
        return Spread.of(
                samples.stream()
                        .filter(sample -> sample.contender().equals(contender))
                        .filter(sample -> sample.work() == work)
                        .map(sample -> figure.applyAsDouble(sample.measured()))
                        .toList());
    }

    private Spread ratio(Work work, Work limit, ToDoubleFunction<Measured> figure) {
        List<Double> ratios = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.contender() instanceof StoreApply && sample.work() == work) {
                ratios.add(
                        figure.applyAsDouble(sample.measured())
                                / figure.applyAsDouble(fastest(sample.round(), limit)));
            }
        }
        return Spread.of(ratios);
    }

    /** What it would gain to check keys as sets: the binary arrays without and with triggers. */
    private Spread checkedSets(ToDoubleFunction<Measured> figure) {
        Contender arrays = new Upserts.Arrays();
        List<Double> ratios = new ArrayList<>();
        for (Sample without : samples) {
            if (without.contender() instanceof CheckedSets && without.work() == Work.INSERT) {
                samples.stream()
                        .filter(sample -> sample.contender().equals(arrays))
                        .filter(sample -> sample.work() == Work.INSERT)
                        .filter(sample -> sample.round() == without.round())
                        .forEach(with ->
                                ratios.add(
                                        figure.applyAsDouble(without.measured())
                                                / figure.applyAsDouble(with.measured())));
            }
        }
        return Spread.of(ratios);
    }

    private Measured fastest(int round, Work work) {
        return samples.stream()
                .filter(sample -> sample.round() == round && sample.work() == work)
                .filter(sample ->
                        switch (sample.contender()) {
                            case Upserts.Values _,
                                    Upserts.TextArrays _,
                                    Upserts.Arrays _,
                                    Copies.AndMerge _ ->
                                    true;
                            default -> false;
                        })
                .map(Sample::measured)
                .max(Comparator.comparingDouble(Measured::rowsPerSecond))
                .orElseThrow();
    }
}
