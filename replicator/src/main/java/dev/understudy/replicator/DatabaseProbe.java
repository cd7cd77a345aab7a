package dev.understudy.replicator;

import dev.understudy.replicator.breaker.Probe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Asks the database whether it can be written to, which a standby cannot. */
final class DatabaseProbe implements Probe {
    private static final String WRITABLE =
            """
            SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'
            """;

    private final DataSource dataSource;

    DatabaseProbe(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void check() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(WRITABLE)) {
            if (!result.next() || !result.getBoolean(1)) {
                throw new SQLException("the database is read-only");
            }
        }
    }
}
