package dev.understudy.benchmarks.replicator;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.benchmarks.replicator.Destination.ForeignKeys;
import dev.understudy.benchmarks.store.Copies;
import dev.understudy.benchmarks.store.Measured;
import dev.understudy.sandbox.Database;
import dev.understudy.schemas.event.ChangeEvent;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The same rows into the same table, foreign keys on, by the fastest hand-written upsert over two
 * connections, without Kafka: parents first, since it knows no placeholders.
 */
final class RawLimit {
    private static final int CONNECTIONS = 2;
    private static final int BATCH_ROWS = 5000;
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Infrastructure infrastructure;
    private final String owner;
    private final List<ChangeEvent> parents;
    private final List<ChangeEvent> children;
    private final List<ChangeEvent> changed;

    /** What inserting the children and updating all cost. */
    record Limit(Leg inserts, Leg updates) {}

    RawLimit(Infrastructure infrastructure, Workload workload) {
        this.infrastructure = infrastructure;
        this.owner = workload.owner();
        this.parents = withParent(workload.first(), false).toList();
        this.children = withParent(workload.first(), true).toList();
        this.changed = workload.second();
    }

    Limit run() throws SQLException, InterruptedException {
        Database database = infrastructure.freshDatabase();
        try {
            Destination.store(database, owner, ForeignKeys.ON);
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(database.jdbcUrl());
            config.setUsername(database.user());
            config.setPassword(database.password());
            config.setMaximumPoolSize(CONNECTIONS);
            config.setAutoCommit(false);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                write(pool, parents);
                return new Limit(write(pool, children), write(pool, changed));
            }
        } finally {
            infrastructure.drop(database);
        }
    }

    private Leg write(HikariDataSource pool, List<ChangeEvent> events)
            throws SQLException, InterruptedException {
        long wal = infrastructure.walBytes();
        double cpu = infrastructure.postgresCpuSeconds();
        long client = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> batches = new ArrayList<>();
            for (int from = 0; from < events.size(); from += BATCH_ROWS) {
                List<ChangeEvent> batch =
                        events.subList(from, Math.min(from + BATCH_ROWS, events.size()));
                batches.add(
                        threads.submit(() -> {
                            new Copies.AndMerge().write(pool, batch);
                            return null;
                        }));
            }
            for (Future<?> batch : batches) {
                batch.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException("a batch failed: " + e.getCause(), e);
        }
        Measured measured =
                new Measured(
                        events.size(),
                        (System.nanoTime() - start) / 1e9,
                        infrastructure.postgresCpuSeconds() - cpu,
                        (SYSTEM.getProcessCpuTime() - client) / 1e9,
                        infrastructure.walBytes() - wal);
        return new Leg(measured, 0);
    }

    private static Stream<ChangeEvent> withParent(List<ChangeEvent> events, boolean wanted) {
        return events.stream()
                .filter(event ->
                        wanted
                                != (event.content()
                                                .reference(
                                                        event.type()
                                                                .field("parentAccountId")
                                                                .orElseThrow())
                                        == null));
    }
}
