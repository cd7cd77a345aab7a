package dev.understudy.benchmarks.replicator;

import dev.understudy.sandbox.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Lets contenders take in a workload that is in its topic, one after another. */
final class Race {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Infrastructure infrastructure;
    private final Workload workload;
    private final int[] firstPartitions;
    private final int[] secondPartitions;
    private final Duration limit;

    /**
     * A race over a workload that was sent to these partitions.
     *
     * @param limit for one contender
     */
    Race(
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
                    Worker worker =
                            contender.start(infrastructure, destination, workload.owner())) {
                List<Sample> samples = samples(progress, worker);
                boolean complete = samples.getLast().applied() == 2L * workload.rows();
                return new Run(
                        contender.name(),
                        worker.startedNs(),
                        samples,
                        worker.isAlive() ? worker.peakMemoryMb() : 0,
                        complete,
                        complete
                                ? destination.checksum()
                                : destination.rows()
                                        + " rows after "
                                        + limit.toSeconds()
                                        + " s; the worker said at last:\n"
                                        + worker.told());
            }
        } finally {
            infrastructure.drop(database);
        }
    }

    private List<Sample> samples(Progress progress, Worker worker) throws SQLException {
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
                            && worker.isAlive()
                            && System.nanoTime() < deadline;
            if (worker.isAlive()) {
                samples.add(
                        new Sample(
                                System.nanoTime(),
                                inserted,
                                updated,
                                worker.cpuSeconds(),
                                infrastructure.postgresCpuSeconds(),
                                infrastructure.walBytes()));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return samples;
    }
}
