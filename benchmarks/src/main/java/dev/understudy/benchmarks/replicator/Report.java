package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Comparison.Spread;
import dev.understudy.benchmarks.store.Measured;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What contenders came to, and ratios of ours to each, paired by round. */
final class Report {
    private static final String LIMIT = "the rows without Kafka, foreign keys on";
    private static final String CHILDREN_FIRST = "Understudy, every child before its parent";

    private final PrintWriter out;
    private final long rows;
    private final String expectedChecksum;
    private final Map<String, List<Figures>> byContender = new LinkedHashMap<>();
    private final Map<String, String> wrong = new TreeMap<>();
    private String told = "";
    private String ours = "";

    /** Of one contender in one round. */
    private record Figures(
            double coldPerSecond,
            Measured inserts,
            Measured updates,
            long peakMemoryMb,
            boolean right) {}

    Report(PrintWriter out, long rows, String expectedChecksum) {
        this.out = out;
        this.rows = rows;
        this.expectedChecksum = expectedChecksum;
    }

    void limit(RawLimit.Limit limit) {
        add(LIMIT, new Figures(Double.NaN, limit.inserts(), limit.updates(), 0, true));
    }

    /** The first one that is added is ours. */
    void add(Run run) {
        if (ours.isEmpty()) {
            ours = run.contender();
        }
        add(run.contender(), run);
    }

    void childrenFirst(Run run) {
        add(CHILDREN_FIRST, run);
    }

    /** What becomes of a peer when it is given a foreign key. */
    void withForeignKey(Run run) {
        told = "%s: %s%n".formatted(run.contender(), run.checksum());
    }

    /** Whether every table of ours is as it must be. */
    boolean oursAreRight() {
        return !wrong.containsKey(ours) && !wrong.containsKey(CHILDREN_FIRST);
    }

    private void add(String name, Run run) {
        boolean right = run.complete() && run.checksum().equals(expectedChecksum);
        if (!right) {
            wrong.put(name, "%s, not %s".formatted(run.checksum(), expectedChecksum));
        }
        if (run.complete()) {
            add(
                    name,
                    new Figures(
                            run.coldInsertsPerSecond(rows),
                            run.inserts(rows),
                            run.updates(rows),
                            run.peakMemoryMb(),
                            right));
        }
    }

    private void add(String name, Figures figures) {
        byContender.computeIfAbsent(name, _ -> new ArrayList<>()).add(figures);
    }

    void print() {
        out.printf(
                "%n%-42s %8s %24s %24s %13s %13s %11s %7s%n",
                "rows/s", "cold", "insert", "update", "worker µs", "PG µs", "WAL B", "MB");
        byContender.forEach(this::line);
        ratios().forEach((name, spread) -> out.printf("%-48s %s%n", name, spread));
        wrong.forEach((name, what) -> out.printf("WRONG DATA, %s: %s%n", name, what));
        out.print(told);
        out.flush();
    }

    private void line(String name, List<Figures> figures) {
        out.printf(
                Locale.ROOT,
                "%-42s %8.0f %24s %24s %6.1f %6.1f %6.1f %6.1f %5.0f %5.0f %7d%n",
                name,
                spread(figures, Figures::coldPerSecond).median(),
                rate(figures, Figures::inserts),
                rate(figures, Figures::updates),
                spread(figures, each -> each.inserts().clientMicros()).median(),
                spread(figures, each -> each.updates().clientMicros()).median(),
                spread(figures, each -> each.inserts().serverMicros()).median(),
                spread(figures, each -> each.updates().serverMicros()).median(),
                spread(figures, each -> each.inserts().walPerRow()).median(),
                spread(figures, each -> each.updates().walPerRow()).median(),
                figures.stream().mapToLong(Figures::peakMemoryMb).max().orElse(0));
    }

    private static String rate(List<Figures> figures, Function<Figures, Measured> which) {
        Spread rate = spread(figures, each -> which.apply(each).rowsPerSecond());
        return String.format(
                Locale.ROOT, "%.0f (%.0f-%.0f)", rate.median(), rate.least(), rate.most());
    }

    private Map<String, Spread> ratios() {
        Map<String, Spread> ratios = new TreeMap<>();
        List<Figures> base = byContender.getOrDefault(ours, List.of());
        byContender.forEach((name, figures) -> {
            int pairs = Math.min(base.size(), figures.size());
            if (!name.equals(ours) && pairs > 0 && figures.stream().allMatch(Figures::right)) {
                boolean slower = name.equals(CHILDREN_FIRST);
                ratios.put(
                        "insert / " + name,
                        paired(
                                base,
                                figures,
                                pairs,
                                slower,
                                each -> each.inserts().rowsPerSecond()));
                ratios.put(
                        "update / " + name,
                        paired(
                                base,
                                figures,
                                pairs,
                                slower,
                                each -> each.updates().rowsPerSecond()));
                if (!name.equals(LIMIT)) {
                    ratios.put(
                            "worker CPU of inserts / " + name,
                            paired(
                                    base,
                                    figures,
                                    pairs,
                                    slower,
                                    each -> each.inserts().clientMicros()));
                }
            }
        });
        return ratios;
    }

    /** Ours over the other's, or for another run of ours that over ours. */
    private static Spread paired(
            List<Figures> ours,
            List<Figures> others,
            int pairs,
            boolean inverted,
            ToDoubleFunction<Figures> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            double ratio = figure.applyAsDouble(ours.get(i)) / figure.applyAsDouble(others.get(i));
            ratios.add(inverted ? 1 / ratio : ratio);
        }
        return Spread.of(ratios);
    }

    private static Spread spread(List<Figures> figures, ToDoubleFunction<Figures> figure) {
        return Spread.of(figures.stream().map(figure::applyAsDouble).toList());
    }

    String json() {
        return ratios().entrySet().stream()
                .map(ratio -> "\"%s\": %s".formatted(ratio.getKey(), ratio.getValue().json()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
