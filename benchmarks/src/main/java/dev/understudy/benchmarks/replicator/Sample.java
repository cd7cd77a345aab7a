package dev.understudy.benchmarks.replicator;

/**
 * How far a contender is at a moment, and what has been spent by then.
 *
 * @param inserted events of the first half of the workload that are applied
 * @param updated of the second half
 */
record Sample(long nanos, long inserted, long updated, Spent spent) {
    /**
     * CPU by who has used it, and WAL.
     *
     * @param workerSeconds of the contender's processes
     * @param brokerSeconds of Kafka's
     */
    record Spent(
            double workerSeconds, double postgresSeconds, double brokerSeconds, long walBytes) {}

    long applied() {
        return inserted + updated;
    }
}
