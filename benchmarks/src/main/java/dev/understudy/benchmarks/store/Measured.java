package dev.understudy.benchmarks.store;

/**
 * What some rows cost.
 *
 * @param seconds by the clock
 * @param serverSeconds of all of the server's processes, on CPUs
 * @param clientSeconds of this process, on CPUs, its compilers and collector included
 */
record Measured(
        long rows, double seconds, double serverSeconds, double clientSeconds, long walBytes) {
    double rowsPerSecond() {
        return rows / seconds;
    }

    double serverMicros() {
        return serverSeconds * 1_000_000 / rows;
    }

    double clientMicros() {
        return clientSeconds * 1_000_000 / rows;
    }

    double walPerRow() {
        return (double) walBytes / rows;
    }
}
