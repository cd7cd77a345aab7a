package dev.understudy.store.query;

import dev.understudy.store.sql.Connections;
import dev.understudy.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Read-only transactions of limited time, each on one snapshot of the database. */
final class Snapshots {
    private static final String CANCELLED = "57014";

    /** A plan that is compiled first would seldom be done sooner. */
    private static final String BEGIN =
            """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            SET LOCAL statement_timeout = %d; SET LOCAL jit = off
            """;

    private final DataSource dataSource;
    private final String begin;

    Snapshots(DataSource dataSource, Duration limit) {
        this.dataSource = dataSource;
        this.begin = BEGIN.formatted(limit.toMillis());
    }

    /** What runs on a snapshot. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Reads a statement's result. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ResultSet result) throws SQLException;
    }

    <T> T read(String doing, Sql sql, Reading<T> reading) {
        return read(
                doing,
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql.text())) {
                        int index = 1;
                        for (String value : sql.values()) {
                            select.setString(index++, value);
                        }
                        try (ResultSet result = select.executeQuery()) {
                            return reading.read(result);
                        }
                    }
                });
    }

    <T> T read(String doing, Work<T> work) {
        try {
            return attempt(work);
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.CONFLICT) {
                throw fault(doing, e);
            }
        }
        // A migration has overtaken it.
        try {
            return attempt(work);
        } catch (SQLException e) {
            throw fault(doing, e);
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        try (Connection connection = Connections.open(dataSource)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(begin);
                T result = work.run(connection);
                connection.rollback();
                return result;
            }
        }
    }

    private static RuntimeException fault(String doing, SQLException failure) {
        if (CANCELLED.equals(failure.getSQLState())) {
            return new QueryException(
                    QueryException.Reason.TIMEOUT, doing + " took too long", failure);
        }
        return SqlFailure.of(failure) == SqlFailure.REFUSED
                ? new QueryException(
                        QueryException.Reason.REFUSED, SqlFailure.message(failure), failure)
                : SqlFailure.fault(doing, failure);
    }
}
