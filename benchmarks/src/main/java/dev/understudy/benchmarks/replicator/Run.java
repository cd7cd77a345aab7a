package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Measured;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One contender's whole way through a workload.
 *
 * @param startedNs when its process was started
 * @param complete whether it came to the end
 * @param checksum of its table then
 */
record Run(
        String contender,
        long startedNs,
        List<Sample> samples,
        long peakMemoryMb,
        boolean complete,
        String checksum) {
    private static final double WARM_FROM = 0.3;
    private static final double SETTLED_FROM = 0.05;
    private static final double UNTIL = 0.97;

    Run {
        samples = List.copyOf(samples);
    }

    /** Inserts from the start of the process on. */
    double coldInsertsPerSecond(long rows) {
        Sample end = firstAt(Sample::inserted, rows);
        return rows / ((end.nanos() - startedNs) / 1e9);
    }

    /** Inserts of the later part of the first half, when its code is compiled. */
    Leg inserts(long rows) {
        return between(Sample::inserted, (long) (rows * WARM_FROM), (long) (rows * UNTIL));
    }

    /** Updates, without the moments in which the first half ends and the second does. */
    Leg updates(long rows) {
        return between(Sample::updated, (long) (rows * SETTLED_FROM), (long) (rows * UNTIL));
    }

    private Leg between(ToLongFunction<Sample> count, long from, long to) {
        Sample first = firstAt(count, from);
        Sample last = firstAt(count, to);
        Measured measured =
                new Measured(
                        last.applied() - first.applied(),
                        (last.nanos() - first.nanos()) / 1e9,
                        last.spent().postgresSeconds() - first.spent().postgresSeconds(),
                        last.spent().workerSeconds() - first.spent().workerSeconds(),
                        last.spent().walBytes() - first.spent().walBytes());
        return new Leg(measured, last.spent().brokerSeconds() - first.spent().brokerSeconds());
    }

    private Sample firstAt(ToLongFunction<Sample> count, long least) {
        return samples.stream()
                .filter(sample -> count.applyAsLong(sample) >= least)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(contender + " did not come to " + least));
    }
}
