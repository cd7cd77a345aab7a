package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.replicator.Destination.ForeignKeys;
import dev.understudy.sandbox.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What a good engineer writes without a framework: consumers that upsert what they poll. */
record PlainLoop(int threads) implements Contender {
    @Override
    public String name() {
        return "plain loop, no foreign keys";
    }

    @Override
    public Destination destination(Database database, String owner) throws SQLException {
        return Destination.store(database, owner, ForeignKeys.OFF);
    }

    @Override
    public Workers start(Infrastructure infrastructure, Destination destination, String owner) {
        return Workers.of(
                Worker.start(
                        "plain-loop",
                        List.of(
                                "-Xmx512m",
                                "-XX:+UseParallelGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PlainLoopMain.class.getName(),
                                infrastructure.bootstrapServers(),
                                infrastructure.registryUrl(),
                                destination.database().jdbcUrl(),
                                destination.database().user(),
                                destination.database().password(),
                                owner,
                                Integer.toString(threads)),
                        Map.of()));
    }
}
