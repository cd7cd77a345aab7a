package dev.understudy.benchmarks.store;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, for people and, as one JSON object in one line, for programs. */
final class Report {
    private final PrintWriter out;
    private final Map<Integer, Comparison> byConnections = new LinkedHashMap<>();

    Report(PrintWriter out) {
        this.out = out;
    }

    void table(int connections, Comparison comparison) {
        byConnections.put(connections, comparison);
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

    void json() {
        out.println(
                byConnections.entrySet().stream()
                        .map(entry ->
                                "\"%d\": %s".formatted(entry.getKey(), json(entry.getValue())))
                        .collect(Collectors.joining(", ", "{", "}")));
        out.flush();
    }

    private static String json(Comparison comparison) {
        return comparison.ratios().entrySet().stream()
                .map(ratio -> "\"%s\": %s".formatted(ratio.getKey(), ratio.getValue().json()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
