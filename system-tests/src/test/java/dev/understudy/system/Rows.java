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
    private Rows() {}

    /** The version of each row of a contoso table that is more than a placeholder. */
    static Map<String, Long> versions(Database database, String table) throws SQLException {
        String sql =
                "SELECT %s_id::text, _version FROM contoso_crm.%s WHERE _version > 0"
                        .formatted(table, table);
        Map<String, Long> versions = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return versions;
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
                    () -> {
                        List<TableComparison> tables = compare(sandbox);
                        return tables.size() == 2
                                && tables.stream().allMatch(TableComparison::equal);
                    });
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
