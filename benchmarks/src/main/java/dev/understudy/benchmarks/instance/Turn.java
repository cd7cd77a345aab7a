package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.replicator.Infrastructure;
import dev.understudy.benchmarks.store.Measured;
import java.io.IOException;
import java.sql.SQLException;

/**
 * What one contender's turn came to.
 *
 * @param behindSeconds how long what follows from it took after its end
 */
record Turn(Measured measured, Percentiles latency, double behindSeconds) {
    /** What is measured. */
    @FunctionalInterface
    interface Action {
        Load run() throws IOException, InterruptedException;
    }

    /** What follows from it, whose processors are spent on it, too. */
    @FunctionalInterface
    interface Aftermath {
        void await(long rows) throws IOException, InterruptedException;
    }

    static Turn of(
            Infrastructure infrastructure,
            ServiceProcess service,
            Action action,
            Aftermath aftermath)
            throws SQLException, IOException, InterruptedException {
        long wal = infrastructure.walBytes();
        double server = infrastructure.postgresCpuSeconds();
        double client = service.worker().cpuSeconds();
        Load load = action.run();
        long endNs = System.nanoTime();
        aftermath.await(load.rows());
        double behindSeconds = (System.nanoTime() - endNs) / 1e9;
        return new Turn(
                new Measured(
                        load.rows(),
                        load.seconds(),
                        infrastructure.postgresCpuSeconds() - server,
                        service.worker().cpuSeconds() - client,
                        infrastructure.walBytes() - wal),
                load.latency(),
                behindSeconds);
    }
}
