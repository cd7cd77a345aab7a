package dev.understudy.benchmarks.replicator;

import java.util.Arrays;
import java.util.Locale;

/** From when each event was due to when it was visible. */
final class Latencies {
    private final int perSecond;
    private final double[] sortedMs;

    private Latencies(int perSecond, double[] sortedMs) {
        this.perSecond = perSecond;
        this.sortedMs = sortedMs;
    }

    static Latencies of(int perSecond, long[] dueNs, long[] visibleNs) {
        double[] ms = new double[dueNs.length];
        for (int i = 0; i < ms.length; i++) {
            ms[i] = (visibleNs[i] - dueNs[i]) / 1e6;
        }
        Arrays.sort(ms);
        return new Latencies(perSecond, ms);
    }

    /** The least latency that such a share of events does not exceed. */
    double percentile(double percent) {
        int rank = (int) Math.ceil(sortedMs.length * percent / 100);
        return sortedMs[Math.max(0, rank - 1)];
    }

    double max() {
        return sortedMs[sortedMs.length - 1];
    }

    static String head() {
        return "%10s %10s %10s %10s %10s %10s"
                .formatted("events/s", "events", "p50 ms", "p99 ms", "p99.9 ms", "max ms");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%10d %10d %10.1f %10.1f %10.1f %10.1f",
                perSecond,
                sortedMs.length,
                percentile(50),
                percentile(99),
                percentile(99.9),
                max());
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "\"%d\": {\"p50\": %.2f, \"p99\": %.2f, \"max\": %.2f}",
                perSecond,
                percentile(50),
                percentile(99),
                max());
    }
}
