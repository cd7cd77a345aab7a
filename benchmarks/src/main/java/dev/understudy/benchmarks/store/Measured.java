package dev.understudy.benchmarks.store;

/**
 * What some rows cost.
 *
 * @param seconds by the clock
 * @param serverSeconds of all of the server's processes, on CPUs
 * @param clientSeconds of this process, on CPUs, its compilers and collector included
 */
public record Measured(
        long rows, double seconds, double serverSeconds, double clientSeconds, long walBytes) {
    Measured plus(Measured other) {
        return new Measured(
                rows + other.rows,
                seconds + other.seconds,
                serverSeconds + other.serverSeconds,
                clientSeconds + other.clientSeconds,
                walBytes + other.walBytes);
    }

    public double rowsPerSecond() {
        return rows / seconds;
    }

    public double serverMicros() {
        return serverSeconds * 1_000_000 / rows;
    }

    public double clientMicros() {
        return clientSeconds * 1_000_000 / rows;
    }

    public double walPerRow() {
        return (double) walBytes / rows;
    }
}
