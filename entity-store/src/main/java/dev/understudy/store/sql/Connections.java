package dev.understudy.store.sql;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Gets connections. */
public final class Connections {
    private Connections() {}

    /**
     * One of a pool. That there is none is the environment's fault, whatever its SQLSTATE.
     *
     * @throws StoreException retryable
     */
    public static Connection open(DataSource pool) {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new StoreException(
                    Severity.RETRYABLE, "no connection to the database: " + e.getMessage(), e);
        }
    }
}
