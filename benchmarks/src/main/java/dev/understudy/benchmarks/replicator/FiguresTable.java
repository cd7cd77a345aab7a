package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Comparison.Spread;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Contenders' figures for people. Beside each rate stands what the processors of this machine allow
 * at most at that cost, Kafka's share included, since all of it runs on them.
 */
record FiguresTable(PrintWriter out) {
    private static final String LINE = "%-46s %-6s %24s %9s %9s %9s %9s %7s %5s%n";

    void head() {
        out.printf(
                "%n" + LINE,
                "",
                "",
                "rows/s",
                "CPU-bound",
                "worker µs",
                "PG µs",
                "Kafka µs",
                "WAL B",
                "MB");
    }

    void contender(String name, List<Figures> figures) {
        Spread cold = spread(figures, Figures::coldPerSecond);
        if (!Double.isNaN(cold.median())) {
            out.printf(LINE, name, "cold", rate(cold), "", "", "", "", "", "");
        }
        long memoryMb = figures.stream().mapToLong(Figures::peakMemoryMb).max().orElse(0);
        leg(name, "insert", figures, Figures::inserts, memoryMb);
        leg(name, "update", figures, Figures::updates, memoryMb);
    }

    private void leg(
            String name,
            String what,
            List<Figures> figures,
            Function<Figures, Leg> which,
            long memoryMb) {
        List<Leg> legs = figures.stream().map(which).toList();
        out.printf(
                LINE,
                name,
                what,
                rate(spread(legs, Leg::rowsPerSecond)),
                median(legs, Leg::cpuBoundPerSecond, 0),
                median(legs, Leg::workerMicros, 1),
                median(legs, Leg::postgresMicros, 1),
                median(legs, Leg::brokerMicros, 1),
                median(legs, leg -> leg.measured().walPerRow(), 0),
                memoryMb == 0 ? "" : Long.toString(memoryMb));
    }

    private static String rate(Spread rate) {
        return String.format(
                Locale.ROOT, "%.0f (%.0f-%.0f)", rate.median(), rate.least(), rate.most());
    }

    private static String median(List<Leg> legs, ToDoubleFunction<Leg> figure, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", spread(legs, figure).median());
    }

    private static <T> Spread spread(List<T> all, ToDoubleFunction<T> figure) {
        return Spread.of(all.stream().map(figure::applyAsDouble).toList());
    }
}
