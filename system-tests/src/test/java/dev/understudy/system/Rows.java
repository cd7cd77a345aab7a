package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ForeignKeys;
import dev.understudy.chaos.check.ReplicaComparison;
import dev.understudy.chaos.check.TableComparison;
import dev.understudy.chaos.check.Verdict;
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
        return versions(database, table, "_version > 0");
    }

    /** The version of each entity in a contoso table. */
    static Map<String, Long> hydrated(Database database, String table) throws SQLException {
        return versions(database, table, "_state = 'h'");
    }

    private static Map<String, Long> versions(Database database, String table, String which)
            throws SQLException {
        String sql =
                "SELECT %s_id::text, _version FROM contoso_crm.%s WHERE %s"
                        .formatted(table, table, which);
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

    /** The one number that a query gives. */
    static long count(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return count(connection, sql);
        }
    }

    /** Changes rows behind everybody's back; returns how many. */
    static int execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** The one text that a query gives. */
    static String text(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Fails if a row refers to one that is not there, or a foreign key is not validated. Returns
     * how many foreign keys were judged.
     */
    static long assertReferencesHold(Database database) throws SQLException {
        Verdict verdict = ForeignKeys.look(database);
        assertThat(verdict.violations()).isEmpty();
        return verdict.judged();
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
