package dev.understudy.instance.batch;

import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** The table of the last batch of each type, so that one that was missed is made up for. */
final class BatchLog {
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('understudy.batch', 0))";
    private static final String TABLE =
            """
            CREATE SCHEMA IF NOT EXISTS understudy;
            CREATE TABLE IF NOT EXISTS understudy.batch (
                type text PRIMARY KEY,
                last_at timestamptz NOT NULL)
            """;
    private static final String LAST = "SELECT last_at FROM understudy.batch WHERE type = ?";
    private static final String NOTE =
            """
            INSERT INTO understudy.batch AS present (type, last_at) VALUES (?, ?)
            ON CONFLICT (type) DO UPDATE SET last_at = greatest(present.last_at, excluded.last_at)
            """;

    private final Transactions transactions;

    BatchLog(DataSource dataSource) {
        transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /** Makes the table, if it is not there. */
    void create() {
        run(
                "make the table of batches",
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(LOCK);
                        return statement.execute(TABLE);
                    }
                });
    }

    /** When a type's last batch began; empty if there was none yet. */
    Optional<Instant> last(String type) {
        return run(
                "read the last batch of " + type,
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(LAST)) {
                        select.setString(1, type);
                        try (ResultSet row = select.executeQuery()) {
                            return row.next()
                                    ? Optional.of(SqlValues.instant(row, 1))
                                    : Optional.empty();
                        }
                    }
                });
    }

    /** Notes that all that had changed by this time is published, or waits for the next batch. */
    void note(String type, Instant time) {
        run(
                "note a batch of " + type,
                connection -> {
                    try (PreparedStatement note = connection.prepareStatement(NOTE)) {
                        note.setString(1, type);
                        note.setObject(2, time.atOffset(ZoneOffset.UTC));
                        return note.executeUpdate();
                    }
                });
    }

    private <T> T run(String doing, Transactions.Work<T> work) {
        try {
            return transactions.run(doing, work);
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }
}
