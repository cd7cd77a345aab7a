package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.store.Comparison.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The turns of several rounds, and ratios between two contenders of the same round. */
final class Turns {
    private final Map<String, List<Turn>> byContender = new LinkedHashMap<>();
    private final Map<String, Spread> ratios = new LinkedHashMap<>();
    private final PrintWriter progress;

    Turns(PrintWriter progress) {
        this.progress = progress;
    }

    void add(String contender, Turn turn) {
        byContender.computeIfAbsent(contender, _ -> new ArrayList<>()).add(turn);
        progress.printf(
                Locale.ROOT,
                "%s: %.0f rows/s, p99 %.1f ms%n",
                contender,
                turn.measured().rowsPerSecond(),
                turn.latency().p99());
        progress.flush();
    }

    /** Rows per second of one over those of another. */
    void speed(String name, String contender, String other) {
        ratio(name, contender, other, turn -> turn.measured().rowsPerSecond());
    }

    /** The 99th percentile of one over that of another. */
    void p99(String name, String contender, String other) {
        ratio(name, contender, other, turn -> turn.latency().p99());
    }

    /** Of processors, the service's and PostgreSQL's, for each row. */
    void cpu(String name, String contender, String other) {
        ratio(
                name,
                contender,
                other,
                turn -> turn.measured().clientMicros() + turn.measured().serverMicros());
    }

    private void ratio(String name, String contender, String other, ToDoubleFunction<Turn> figure) {
        List<Turn> ours = byContender.getOrDefault(contender, List.of());
        List<Turn> theirs = byContender.getOrDefault(other, List.of());
        List<Double> paired = new ArrayList<>();
        for (int round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
            paired.add(
                    figure.applyAsDouble(ours.get(round))
                            / figure.applyAsDouble(theirs.get(round)));
        }
        if (!paired.isEmpty()) {
            ratios.put(name, Spread.of(paired));
        }
    }

    /** Medians, and least to most of the speed. */
    void print(PrintWriter out) {
        out.printf(
                "%n%-46s %22s %8s %8s %11s %8s %8s %9s%n",
                "", "rows/s", "p50 ms", "p99 ms", "service µs", "PG µs", "WAL B", "behind s");
        byContender.forEach((name, turns) -> {
            Spread speed = spread(turns, turn -> turn.measured().rowsPerSecond());
            out.printf(
                    Locale.ROOT,
                    "%-46s %22s %8.1f %8.1f %11.0f %8.0f %8.0f %9.2f%n",
                    name,
                    String.format(
                            Locale.ROOT,
                            "%.0f (%.0f-%.0f)",
                            speed.median(),
                            speed.least(),
                            speed.most()),
                    spread(turns, turn -> turn.latency().p50()).median(),
                    spread(turns, turn -> turn.latency().p99()).median(),
                    spread(turns, turn -> turn.measured().clientMicros()).median(),
                    spread(turns, turn -> turn.measured().serverMicros()).median(),
                    spread(turns, turn -> turn.measured().walPerRow()).median(),
                    spread(turns, Turn::behindSeconds).median());
        });
        out.println();
        ratios.forEach((name, spread) -> out.printf("%-58s %s%n", name, spread));
        out.flush();
    }

    /** The ratios: least, median and most of the rounds. */
    String json() {
        return ratios.entrySet().stream()
                .map(ratio -> "\"%s\": %s".formatted(ratio.getKey(), ratio.getValue().json()))
                .collect(Collectors.joining(", "));
    }

    private static Spread spread(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return Spread.of(turns.stream().map(figure::applyAsDouble).toList());
    }
}
