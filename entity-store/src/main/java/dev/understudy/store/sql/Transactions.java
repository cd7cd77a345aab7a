package dev.understudy.store.sql;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.OutcomeUnknownException;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** Runs work in transactions, and again while it loses races, a bounded number of times. */
public final class Transactions {
    /**
     * Everything here goes by an index. A plan that was made while the table was empty would go on
     * scanning it while it grows, until somebody analyses it. A plan that must scan, of a temporary
     * table, looks so costly then that compiling it would seem to pay.
     */
    private static final String SETTINGS =
            """
            SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
                set_config('lock_timeout', '%d', true)
            """;

    private final DataSource dataSource;
    private final StoreOptions options;
    private final Supplier<? extends RandomGenerator> random;
    private final String settings;
    private final LongAdder lostRaces = new LongAdder();

    public Transactions(
            DataSource dataSource,
            StoreOptions options,
            Supplier<? extends RandomGenerator> random) {
        this.dataSource = dataSource;
        this.options = options;
        this.random = random;
        this.settings = SETTINGS.formatted(options.lockTimeout().toMillis());
    }

    /** How often an attempt lost a race, since this was made. */
    public long lostRaces() {
        return lostRaces.sum();
    }

    /** What runs in a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** What runs in a transaction, in few round trips. */
    @FunctionalInterface
    public interface QueuedWork<T> {
        /** What is queued when this returns runs before the commit. */
        T run(Statements statements) throws SQLException;
    }

    /**
     * The work's result, committed.
     *
     * @throws SQLException only if a statement of the work failed, and not by a lost race
     */
    public <T> T run(String doing, Work<T> work) throws SQLException {
        return runQueued(doing, statements -> work.run(statements.connection()));
    }

    /** The same of work whose first statements go along with the transaction's beginning. */
    public <T> T runQueued(String doing, QueuedWork<T> work) throws SQLException {
        List<Exception> failures = new ArrayList<>();
        while (true) {
            try {
                return attempt(doing, work);
            } catch (LostRaceException e) {
                failures.add(e);
            } catch (SQLException e) {
                failures.add(e);
                if (SqlFailure.of(e) != SqlFailure.CONFLICT) {
                    throw withEarlier(failures, e);
                }
            }
            lostRaces.increment();
            Exception last = failures.getLast();
            if (failures.size() >= options.attempts()) {
                throw new StoreException(
                        Severity.RETRYABLE,
                        "cannot %s: lost %d races, last: %s"
                                .formatted(doing, failures.size(), last.getMessage()),
                        withEarlier(failures, last));
            }
            pause(failures.size());
        }
    }

    /** What needs no transaction; twice, if a migration overtakes the first. */
    public <T> T read(String doing, Work<T> work) {
        try (Connection connection = Connections.open(dataSource)) {
            connection.setAutoCommit(true);
            try {
                return work.run(connection);
            } catch (SQLException e) {
                if (SqlFailure.of(e) != SqlFailure.CONFLICT) {
                    throw e;
                }
                return work.run(connection);
            }
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    private <T> T attempt(String doing, QueuedWork<T> work) throws SQLException {
        T result;
        try (Connection connection = Connections.open(dataSource)) {
            connection.setAutoCommit(false);
            try {
                Statements statements = new Statements(connection);
                statements.queue(settings);
                result = work.run(statements);
                statements.flush();
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
            commit(doing, connection);
        }
        return result;
    }

    /** What the server refuses has not happened; of what it does not answer, nobody knows. */
    private static void commit(String doing, Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.CONFLICT) {
                throw new LostRaceException("lost a race at the commit", e);
            }
            if (SqlFailure.of(e) == SqlFailure.REFUSED) {
                throw e;
            }
            throw new OutcomeUnknownException(
                    "cannot tell whether this was committed: %s: %s"
                            .formatted(doing, e.getMessage()),
                    e);
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static <E extends Exception> E withEarlier(List<Exception> failures, E last) {
        failures.subList(0, failures.size() - 1).forEach(last::addSuppressed);
        return last;
    }

    private void pause(int failures) {
        Duration pause = options.firstPause().multipliedBy(1L << Math.min(failures - 1, 20));
        long nanos =
                (pause.compareTo(options.longestPause()) < 0 ? pause : options.longestPause())
                        .toNanos();
        try {
            Thread.sleep(Duration.ofNanos((long) (nanos * random.get().nextDouble(0.5, 1.5))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Severity.RETRYABLE, "interrupted between two attempts", e);
        }
    }
}
