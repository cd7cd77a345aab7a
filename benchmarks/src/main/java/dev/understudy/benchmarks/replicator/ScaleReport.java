package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Comparison.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What shapes of the replicator came to, and ratios of the others to the first of their kind. */
final class ScaleReport {
    private final long rows;
    private final String expectedChecksum;
    private final Map<String, List<Figures>> byShape = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();

    ScaleReport(long rows, String expectedChecksum) {
        this.rows = rows;
        this.expectedChecksum = expectedChecksum;
    }

    void add(Run run) {
        if (run.complete() && run.checksum().equals(expectedChecksum)) {
            byShape.computeIfAbsent(run.contender(), _ -> new ArrayList<>())
                    .add(Figures.of(run, rows, true));
        } else {
            wrong.add("%s: %s".formatted(run.contender(), run.checksum()));
        }
    }

    boolean allAreRight() {
        return wrong.isEmpty();
    }

    void print(PrintWriter out) {
        FiguresTable table = new FiguresTable(out);
        table.head();
        byShape.forEach(table::contender);
        out.println();
        ratios().forEach((name, spread) -> out.printf("%-66s %s%n", name, spread));
        wrong.forEach(what -> out.printf("WRONG DATA, %s%n", what));
        out.flush();
    }

    private Map<String, Spread> ratios() {
        Map<String, Spread> ratios = new LinkedHashMap<>();
        for (boolean filled : new boolean[] {false, true}) {
            List<String> names =
                    byShape.keySet().stream()
                            .filter(name -> name.endsWith("present") == filled)
                            .toList();
            for (String name : names.subList(Math.min(1, names.size()), names.size())) {
                String to = name + " / " + names.getFirst();
                ratios.put("insert, " + to, ratio(name, names.getFirst(), Figures::inserts));
                ratios.put("update, " + to, ratio(name, names.getFirst(), Figures::updates));
            }
        }
        return ratios;
    }

    private Spread ratio(String name, String first, Function<Figures, Leg> which) {
        List<Figures> some = byShape.getOrDefault(name, List.of());
        List<Figures> others = byShape.getOrDefault(first, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
            ratios.add(
                    which.apply(some.get(i)).rowsPerSecond()
                            / which.apply(others.get(i)).rowsPerSecond());
        }
        return Spread.of(ratios);
    }

    String json() {
        return ratios().entrySet().stream()
                .map(ratio -> "\"%s\": %s".formatted(ratio.getKey(), ratio.getValue().json()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
