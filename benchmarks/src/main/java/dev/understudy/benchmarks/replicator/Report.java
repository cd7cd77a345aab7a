package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Comparison.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    Report(PrintWriter out, long rows, String expectedChecksum) {
        this.out = out;
        this.rows = rows;
        this.expectedChecksum = expectedChecksum;
    }

    void limit(RawLimit.Limit limit) {
        add(LIMIT, Figures.of(limit));
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
        told += "%s: %s%n".formatted(run.contender(), run.checksum());
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
            add(name, Figures.of(run, rows, right));
        }
    }

    private void add(String name, Figures figures) {
        byContender.computeIfAbsent(name, _ -> new ArrayList<>()).add(figures);
    }

    void print() {
        FiguresTable table = new FiguresTable(out);
        table.head();
        byContender.forEach(table::contender);
        out.println();
        ratios().forEach((name, spread) -> out.printf("%-66s %s%n", name, spread));
        out.println(
                "checksum of the topic, and of every table but those told of: " + expectedChecksum);
        wrong.forEach((name, what) -> out.printf("WRONG DATA, %s: %s%n", name, what));
        out.print(told);
        out.flush();
    }

    private Map<String, Spread> ratios() {
        Map<String, Spread> ratios = new TreeMap<>();
        List<Figures> base = byContender.getOrDefault(ours, List.of());
        byContender.forEach((name, figures) -> {
            int pairs = Math.min(base.size(), figures.size());
            if (!name.equals(ours) && pairs > 0 && figures.stream().allMatch(Figures::right)) {
                boolean isOurs = name.equals(CHILDREN_FIRST);
                List<Figures> ofOurs = (isOurs ? figures : base).subList(0, pairs);
                List<Figures> others = (isOurs ? base : figures).subList(0, pairs);
                String to = isOurs ? "every child first / ordinary" : name;
                put(ratios, "insert / " + to, ofOurs, others, one -> one.inserts().rowsPerSecond());
                put(ratios, "update / " + to, ofOurs, others, one -> one.updates().rowsPerSecond());
                if (!name.equals(LIMIT)) {
                    put(
                            ratios,
                            "worker CPU of inserts / " + to,
                            ofOurs,
                            others,
                            one -> one.inserts().workerMicros());
                    put(
                            ratios,
                            "worker CPU of updates / " + to,
                            ofOurs,
                            others,
                            one -> one.updates().workerMicros());
                }
            }
        });
        if (!base.isEmpty()) {
            ratios.put("insert / CPU-bound", ofItsBound(base, Figures::inserts));
            ratios.put("update / CPU-bound", ofItsBound(base, Figures::updates));
        }
        return ratios;
    }

    private static Spread ofItsBound(List<Figures> figures, Function<Figures, Leg> which) {
        return Spread.of(
                figures.stream()
                        .map(which)
                        .map(leg -> leg.rowsPerSecond() / leg.cpuBoundPerSecond())
                        .toList());
    }

    private static void put(
            Map<String, Spread> ratios,
            String name,
            List<Figures> ofOurs,
            List<Figures> others,
            ToDoubleFunction<Figures> figure) {
        List<Double> paired = new ArrayList<>();
        for (int i = 0; i < ofOurs.size(); i++) {
            paired.add(figure.applyAsDouble(ofOurs.get(i)) / figure.applyAsDouble(others.get(i)));
        }
        ratios.put(name, Spread.of(paired));
    }

    String json() {
        return ratios().entrySet().stream()
                .map(ratio -> "\"%s\": %s".formatted(ratio.getKey(), ratio.getValue().json()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
