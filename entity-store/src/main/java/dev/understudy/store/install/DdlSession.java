package dev.understudy.store.install;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.StoreException;
import dev.understudy.store.sql.Connections;
import dev.understudy.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that changes definitions. DDL queues behind whoever uses the tables, and all
 * others behind it: so it waits for locks in short turns.
 */
final class DdlSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DdlSession.class);

    /** Any number will do, if it is the same in every process and version. */
    private static final long LOCK = 0x756E646572737464L;

    private static final int TURNS = 100;
    private static final long TURN_MS = 500;

    /** For what waits without anybody waiting behind it. */
    private static final long PATIENCE_MS = 600_000;

    private static final int NETWORK_TIMEOUT_MS = 3_600_000;

    private final Connection connection;
    private final int networkTimeoutMs;
    private boolean owned;

    private DdlSession(Connection connection) throws SQLException {
        this.connection = connection;
        this.networkTimeoutMs = connection.getNetworkTimeout();
        connection.setAutoCommit(true);
    }

    /** What runs on the connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    static DdlSession open(DataSource dataSource) throws SQLException {
        Connection connection = Connections.open(dataSource);
        try {
            return new DdlSession(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Waits until no other process changes definitions in this database. Asks again and again: a
     * statement that waited would itself hold up the building of an index.
     *
     * @throws StoreException retryable if another does for two minutes
     */
    void own() throws SQLException {
        for (int turn = 0; turn < TURNS; turn++) {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
                row.next();
                if (row.getBoolean(1)) {
                    owned = true;
                    break;
                }
            }
            pause(turn);
        }
        if (!owned) {
            throw new StoreException(
                    Severity.RETRYABLE, "another process is changing this database's tables", null);
        }
        // A large table takes its time.
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MS);
        execute("SET statement_timeout = 0");
        execute("SET lock_timeout = " + TURN_MS);
    }

    Connection connection() {
        return connection;
    }

    /** All of it or nothing. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        return inTurns(() -> {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /** A transaction of its own that waits for locks only in short turns. */
    void brief(String sql) throws SQLException {
        inTurns(() -> execute(sql));
    }

    /** A statement of its own whose lock stops nobody, so that it may wait for it. */
    void patient(String sql) throws SQLException {
        execute("SET lock_timeout = " + PATIENCE_MS);
        try {
            execute(sql);
        } finally {
            execute("SET lock_timeout = " + TURN_MS);
        }
    }

    /** One turn. */
    @FunctionalInterface
    interface Turn<T> {
        T take() throws SQLException;
    }

    <T> T inTurns(Turn<T> turn) throws SQLException {
        for (int turns = 1; ; turns++) {
            try {
                return turn.take();
            } catch (SQLException e) {
                if (SqlFailure.of(e) != SqlFailure.CONFLICT) {
                    throw e;
                } else if (turns == TURNS) {
                    throw new StoreException(
                            Severity.RETRYABLE, "the tables stay locked: " + e.getMessage(), e);
                }
            }
            pause(turns);
        }
    }

    private boolean execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static void pause(int turns) {
        long most = Math.min(1000, 50L << Math.min(turns, 5));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Severity.RETRYABLE, "interrupted between two turns", e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            if (owned) {
                execute("SELECT pg_advisory_unlock(" + LOCK + ")");
                execute("RESET statement_timeout");
                execute("RESET lock_timeout");
                connection.setNetworkTimeout(Runnable::run, networkTimeoutMs);
            }
        } catch (SQLException e) {
            LOG.debug("The connection broke; the server has given up its locks", e);
        }
    }
}
