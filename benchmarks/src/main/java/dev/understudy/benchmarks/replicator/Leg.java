package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Measured;

/**
 * A part of a contender's way through a workload.
 *
 * @param brokerSeconds of Kafka, on CPUs, which it shares with all others
 */
record Leg(Measured measured, double brokerSeconds) {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    double rowsPerSecond() {
        return measured.rowsPerSecond();
    }

    double workerMicros() {
        return measured.clientMicros();
    }

    double postgresMicros() {
        return measured.serverMicros();
    }

    double brokerMicros() {
        return brokerSeconds * 1_000_000 / measured.rows();
    }

    /**
     * Rows per second if all processors of this machine did nothing but what was spent on these
     * rows, without ever waiting: whoever spends as much is not faster here.
     */
    double cpuBoundPerSecond() {
        return PROCESSORS * 1_000_000 / (workerMicros() + postgresMicros() + brokerMicros());
    }
}
