package dev.understudy.benchmarks.replicator;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot of PostgreSQL about every millisecond, and so knows of every transaction when it
 * was visible at the latest, without a look at a table.
 */
final class Snapshots implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final List<Snapshot> taken = new ArrayList<>();
    private final Connection connection;
    private final Thread thread = Thread.ofPlatform().name("snapshots").unstarted(this::run);
    private volatile boolean stopped;
    private volatile @Nullable SQLException fault;

    /**
     * What was visible at a time.
     *
     * @param xmin all transactions before it had ended
     * @param xmax none from it on had ended
     * @param running those between that had not
     */
    record Snapshot(long nanos, long xmin, long xmax, Set<Long> running) {
        static Snapshot parse(long nanos, String text) {
            String[] parts = text.split(":", -1);
            Set<Long> running =
                    Arrays.stream(parts[2].split(",", -1))
                            .filter(id -> !id.isEmpty())
                            .map(Long::valueOf)
                            .collect(Collectors.toUnmodifiableSet());
            return new Snapshot(nanos, Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
        }

        boolean sees(long transaction) {
            return transaction < xmin || (transaction < xmax && !running.contains(transaction));
        }
    }

    Snapshots(Database database) throws SQLException {
        connection = database.connect();
        thread.start();
    }

    private void run() {
        try (PreparedStatement take =
                connection.prepareStatement("SELECT pg_current_snapshot()::text")) {
            while (!stopped) {
                try (ResultSet row = take.executeQuery()) {
                    row.next();
                    taken.add(Snapshot.parse(System.nanoTime(), row.getString(1)));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (SQLException e) {
            fault = e;
        }
    }

    /** When the first snapshot was taken that sees the transaction; only after {@link #stop}. */
    long visibleNs(long transaction) throws SQLException {
        if (fault != null) {
            throw new SQLException("the snapshots ended early", fault);
        }
        int low = 0;
        int high = taken.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (taken.get(middle).sees(transaction)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return taken.get(low).nanos();
    }

    /** Takes no more. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    @Override
    public void close() throws SQLException {
        stopped = true;
        connection.close();
    }
}
