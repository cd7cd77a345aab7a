package dev.understudy.replicator;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The target's database, looked at by SQL. */
final class Replica {
    private final Database database;

    Replica(Database database) {
        this.database = database;
    }

    /** Versions of hydrated rows of a contoso table, by key; none while there is no table. */
    Map<UUID, Long> versions(String table) throws SQLException {
        Map<UUID, Long> versions = new HashMap<>();
        String query =
                "SELECT \"%1$s_id\", \"_version\" FROM \"contoso_crm\".\"%1$s\" WHERE \"_state\" = 'h'"
                        .formatted(table);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                versions.put(rows.getObject(1, UUID.class), rows.getLong(2));
            }
        } catch (SQLException e) {
            if (!isWithoutTables(e)) {
                throw e;
            }
        }
        return versions;
    }

    long hydrated(String table) throws SQLException {
        return versions(table).size();
    }

    /** The first value of a query, as text; nothing while there is no table. */
    String text(String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            if (isWithoutTables(e)) {
                return "";
            }
            throw e;
        }
    }

    /** As soon as there are tables. */
    void execute(String sql) throws Exception {
        Rig.eventually(
                "the tables",
                () -> {
                    try (Connection connection = database.connect();
                            Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                        return true;
                    } catch (SQLException e) {
                        if (isWithoutTables(e)) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    private static boolean isWithoutTables(SQLException e) {
        return "42P01".equals(e.getSQLState()) || "3F000".equals(e.getSQLState());
    }
}
