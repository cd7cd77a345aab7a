package dev.understudy.benchmarks.instance;

import java.util.List;

/** Of how long some writes took, in milliseconds. */
record Percentiles(double p50, double p99, double p999, double max) {
    static Percentiles ofNanos(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Percentiles(at(sorted, 50), at(sorted, 99), at(sorted, 99.9), at(sorted, 100));
    }

    /** The least that such a share does not exceed. */
    private static double at(long[] sorted, double percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100);
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
