package dev.understudy.benchmarks.instance;

import java.util.Locale;

/** What clients wrote, and how long each of their writes took. */
record Load(long rows, double seconds, Percentiles latency) {
    /** As one line, for another process. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%d %f %f %f %f %f",
                rows,
                seconds,
                latency.p50(),
                latency.p99(),
                latency.p999(),
                latency.max());
    }

    static Load parse(String text) {
        String[] parts = text.strip().split(" ", -1);
        return new Load(
                Long.parseLong(parts[0]),
                Double.parseDouble(parts[1]),
                new Percentiles(
                        Double.parseDouble(parts[2]),
                        Double.parseDouble(parts[3]),
                        Double.parseDouble(parts[4]),
                        Double.parseDouble(parts[5])));
    }
}
