package dev.understudy.benchmarks.replicator;

import java.util.List;
import java.util.stream.Collectors;

/** A contender's processes, of which each must live. */
record Workers(List<Worker> all) implements AutoCloseable {
    Workers {
        all = List.copyOf(all);
    }

    static Workers of(Worker worker) {
        return new Workers(List.of(worker));
    }

    long startedNs() {
        return all.getFirst().startedNs();
    }

    boolean areAlive() {
        return all.stream().allMatch(Worker::isAlive);
    }

    double cpuSeconds() {
        return all.stream().mapToDouble(Worker::cpuSeconds).sum();
    }

    /** The most memory that one of them ever had resident. */
    long peakMemoryMb() {
        return all.stream().mapToLong(Worker::peakMemoryMb).max().orElse(0);
    }

    /** Why they failed, as far as they said so. */
    String told() {
        return all.stream().map(Worker::told).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        all.forEach(Worker::close);
    }
}
