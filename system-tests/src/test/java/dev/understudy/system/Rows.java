package dev.understudy.system;

import dev.understudy.cli.comparison.ReplicaComparison;
import dev.understudy.cli.comparison.TableComparison;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.Sandbox;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at rows by SQL of the tests' own. */
final class Rows {
    private static final String VERSIONS =
            "SELECT account_id::text, _version FROM contoso_crm.account WHERE _version > 0";

    private Rows() {}

    /** The version of each account that is more than a placeholder. */
    static Map<String, Long> versions(Database database) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(VERSIONS)) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return versions;
    }

    static long count(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Waits until every column of every row of every replicated type is equal; fails with what
     * differs.
     */
    static void awaitEqual(Sandbox sandbox, Duration within) throws Exception {
        try {
            Eventually.holds(
                    "owner and replica equal",
                    within,
                    () -> compare(sandbox).stream().allMatch(table -> table.differing() == 0));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ": " + compare(sandbox), e);
        }
    }

    static List<TableComparison> compare(Sandbox sandbox) throws SQLException {
        try (Connection owner = sandbox.usDatabase().connect();
                Connection replica = sandbox.europeDatabase().connect()) {
            return new ReplicaComparison(owner, replica).compare();
        }
    }
}
