package dev.understudy.store.sql;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * Tells whom a refusal of SQLSTATE class 54 is about. PostgreSQL answers 54000 for one row that is
 * too large for an index, and, close to the wraparound of transaction IDs, for every write.
 */
public final class ProgramLimit {
    private static final String SQL_CLASS = "54";

    /** Needs a transaction ID, and one of its own behind a savepoint; what it writes is undone. */
    private static final String PROBE =
            "SELECT pg_logical_emit_message(true, 'understudy.probe'::text, ''::text)";

    private ProgramLimit() {}

    /**
     * Returns if the refusal is about what was written.
     *
     * @param connection in a transaction that was rolled back to before the refusal
     * @throws StoreException retryable, if the whole database refuses to write
     */
    public static void requireWritable(Connection connection, SQLException refusal)
            throws SQLException {
        if (!SqlFailure.state(refusal).startsWith(SQL_CLASS)) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute(PROBE);
        } catch (SQLException e) {
            if (!SqlFailure.state(e).startsWith(SQL_CLASS)) {
                throw e;
            }
            e.addSuppressed(refusal);
            throw new StoreException(
                    Severity.RETRYABLE,
                    "the database takes no writes: [%s] %s"
                            .formatted(SqlFailure.state(e), e.getMessage()),
                    e);
        }
        connection.rollback(before);
        connection.releaseSavepoint(before);
    }
}
