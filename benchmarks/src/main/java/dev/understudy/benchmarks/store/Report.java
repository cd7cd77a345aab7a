package dev.understudy.benchmarks.store;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What was measured, for people and, as one JSON object in one line, for programs. */
final class Report {
    private final PrintWriter out;
    private final Map<String, String> parts = new LinkedHashMap<>();

    Report(PrintWriter out) {
        this.out = out;
    }

    void table(int connections, Comparison comparison) {
        parts.put(Integer.toString(connections), json(comparison.ratios()));
        out.printf(
                "%n%-40s %-30s %5s %25s %9s %9s %9s%n",
                "connections: " + connections,
                "",
                "batch",
                "rows/s",
                "PG µs",
                "client µs",
                "WAL B");
        Map<String, Sample> kinds = new LinkedHashMap<>();
        for (Work work : Work.values()) {
            comparison.samples().stream()
                    .filter(sample -> sample.work() == work)
                    .forEach(sample -> kinds.putIfAbsent(work + sample.contender().name(), sample));
        }
        kinds.values().forEach(sample -> line(comparison, sample));
        comparison.ratios().forEach((name, spread) -> out.printf("%-24s %s%n", name, spread));
        out.flush();
    }

    private void line(Comparison comparison, Sample kind) {
        Contender contender = kind.contender();
        Comparison.Spread speed =
                comparison.spread(contender, kind.work(), Measured::rowsPerSecond);
        out.printf(
                Locale.ROOT,
                "%-40s %-30s %5d %25s %9.1f %9.1f %9.0f%n",
                kind.work().title(),
                contender.name(),
                kind.batchRows(),
                "%.0f (%.0f-%.0f)".formatted(speed.median(), speed.least(), speed.most()),
                comparison.spread(contender, kind.work(), Measured::serverMicros).median(),
                comparison.spread(contender, kind.work(), Measured::clientMicros).median(),
                comparison.spread(contender, kind.work(), Measured::walPerRow).median());
    }

    void writes(List<SingleWrites.Round> rounds) {
        SingleWrites.Round median =
                rounds.stream()
                        .sorted(Comparator.comparingDouble(SingleWrites.Round::serverCpu))
                        .toList()
                        .get(rounds.size() / 2);
        out.printf("%n%-40s %12s %12s %12s%n", "single writes", "round trips", "PG µs", "1/s");
        line("both references there", median.present());
        line("both references missing", median.missing());
        Map<String, Comparison.Spread> ratios = new TreeMap<>();
        ratios.put("roundTripsPresent", spread(rounds, round -> round.present().roundTrips()));
        ratios.put("roundTripsMissing", spread(rounds, round -> round.missing().roundTrips()));
        ratios.put("serverCpu", spread(rounds, SingleWrites.Round::serverCpu));
        ratios.forEach((name, spread) -> out.printf("%-24s %s%n", name, spread));
        parts.put("write", json(ratios));
        out.flush();
    }

    private static Comparison.Spread spread(
            List<SingleWrites.Round> rounds, ToDoubleFunction<SingleWrites.Round> figure) {
        return Comparison.Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private void line(String what, SingleWrites.Cost cost) {
        out.printf(
                Locale.ROOT,
                "%-40s %12.2f %12.0f %12.0f%n",
                what,
                cost.roundTrips(),
                cost.micros(),
                cost.perSecond());
    }

    void slope(List<Slope.Step> steps) {
        out.printf(
                "%n%12s %12s %12s %8s %12s %12s %8s%n",
                "rows so far",
                "by hand 1/s",
                "ours 1/s",
                "ratio",
                "by hand µs",
                "ours µs",
                "ratio");
        for (Slope.Step step : steps) {
            out.printf(
                    Locale.ROOT,
                    "%12d %12.0f %12.0f %8.2f %12.1f %12.1f %8.2f%n",
                    step.rowsSoFar(),
                    step.byHand().rowsPerSecond(),
                    step.ours().rowsPerSecond(),
                    step.speed(),
                    step.byHand().serverMicros(),
                    step.ours().serverMicros(),
                    step.serverCpu());
        }
        Map<String, Comparison.Spread> ratios = new TreeMap<>();
        ratios.put("speed", Comparison.Spread.of(steps.stream().map(Slope.Step::speed).toList()));
        ratios.put(
                "serverCpu",
                Comparison.Spread.of(steps.stream().map(Slope.Step::serverCpu).toList()));
        parts.put("slope", json(ratios));
        out.flush();
    }

    void json() {
        out.println(
                parts.entrySet().stream()
                        .map(part -> "\"%s\": %s".formatted(part.getKey(), part.getValue()))
                        .collect(Collectors.joining(", ", "{", "}")));
        out.flush();
    }

    private static String json(Map<String, Comparison.Spread> ratios) {
        return ratios.entrySet().stream()
                .map(ratio -> "\"%s\": %s".formatted(ratio.getKey(), ratio.getValue().json()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
