package dev.understudy.benchmarks.replicator;

/**
 * How far a contender is at a moment, and what has been spent by then.
 *
 * @param inserted events of the first half of the workload that are applied
 * @param updated of the second half
 */
record Sample(
        long nanos,
        long inserted,
        long updated,
        double workerCpuSeconds,
        double postgresCpuSeconds,
        long walBytes) {
    long applied() {
        return inserted + updated;
    }
}
