package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.replicator.Sample.Spent;
import dev.understudy.sandbox.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/** Lets contenders take in a workload that is in its topic, one after another. */
final class Race {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Infrastructure infrastructure;
    private final Workload workload;
    private final int[] firstPartitions;
    private final int[] secondPartitions;
    private final Duration limit;

    private Race(
            Infrastructure infrastructure,
            Workload workload,
            int[] firstPartitions,
            int[] secondPartitions,
            Duration limit) {
        this.infrastructure = infrastructure;
        this.workload = workload;
        this.firstPartitions = firstPartitions;
        this.secondPartitions = secondPartitions;
        this.limit = limit;
    }

    /** Over a workload that is sent first. */
    static Race over(Infrastructure infrastructure, Workload workload, Duration limit)
            throws InterruptedException, ExecutionException {
        try (Preload preload = new Preload(infrastructure)) {
            preload.create(workload.owner());
            return new Race(
                    infrastructure,
                    workload,
                    preload.send(workload.first()),
                    preload.send(workload.second()),
                    limit);
        }
    }

    /** The same with another limit. */
    Race withLimit(Duration other) {
        return new Race(infrastructure, workload, firstPartitions, secondPartitions, other);
    }

    Workload workload() {
        return workload;
    }

    /** The contender's whole way, from the start of its process; its database goes with it. */
    Run run(Contender contender) throws SQLException {
        Database database = infrastructure.freshDatabase();
        try {
            Destination destination = contender.destination(database, workload.owner());
            try (Progress progress = new Progress(destination);
                    Workers workers =
                            contender.start(infrastructure, destination, workload.owner())) {
                List<Sample> samples = samples(progress, workers);
                boolean complete = samples.getLast().applied() == 2L * workload.rows();
                return new Run(
                        contender.name(),
                        workers.startedNs(),
                        samples,
                        workers.areAlive() ? workers.peakMemoryMb() : 0,
                        complete,
                        complete
                                ? destination.checksum()
                                : destination.rows()
                                        + " rows after "
                                        + limit.toSeconds()
                                        + " s; the workers said at last:\n"
                                        + workers.told());
            }
        } finally {
            infrastructure.drop(database);
        }
    }

    private List<Sample> samples(Progress progress, Workers workers) throws SQLException {
        Ladder first = Ladder.over(workload.first(), firstPartitions, workload.second());
        Ladder second = Ladder.over(workload.second(), secondPartitions, List.of());
        List<Sample> samples = new ArrayList<>();
        long deadline = System.nanoTime() + limit.toNanos();
        boolean goesOn = true;
        while (goesOn) {
            long inserted = progress.of(first);
            long updated = inserted == 0 ? 0 : progress.of(second);
            goesOn =
                    inserted + updated < first.size() + second.size()
                            && workers.areAlive()
                            && System.nanoTime() < deadline;
            if (workers.areAlive()) {
                samples.add(new Sample(System.nanoTime(), inserted, updated, spent(workers)));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return samples;
    }

    private Spent spent(Workers workers) throws SQLException {
        return new Spent(
                workers.cpuSeconds(),
                infrastructure.postgresCpuSeconds(),
                infrastructure.brokerCpuSeconds(),
                infrastructure.walBytes());
    }
}
