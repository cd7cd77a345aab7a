package dev.understudy.chaos.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Compares every column of every row of every entity table that the owner's database has with the
 * same table of a replica's. Reads both in the order of keys, so that its memory does not grow with
 * the tables. Aliases of placeholders are left out: each database has its own.
 */
public final class ReplicaComparison {
    private static final String ENTITY_TABLES =
            """
            SELECT c.table_schema, c.table_name
              FROM information_schema.columns c
             WHERE c.column_name = '_state'
             ORDER BY 1, 2\
            """;

    /**
     * Without each database's own: when a placeholder came and went, and the position that only
     * replicas know.
     */
    private static final String COLUMNS =
            """
            SELECT column_name
              FROM information_schema.columns
             WHERE table_schema = ? AND table_name = ?
               AND column_name NOT IN ('_placed_at', '_hydrated_at', '_epoch', '_lsn')
             ORDER BY ordinal_position\
            """;

    private static final String KEY =
            """
            SELECT a.attname
              FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
             WHERE i.indisprimary AND i.indrelid = format('%I.%I', ?::text, ?::text)::regclass\
            """;

    private static final int FETCH_ROWS = 1000;

    private final Connection owner;
    private final Connection replica;

    /** Uses two connections, which the caller closes; their transactions are ended. */
    public ReplicaComparison(Connection owner, Connection replica) {
        this.owner = owner;
        this.replica = replica;
    }

    /** One result per entity table of the owner's database. */
    public List<TableComparison> compare() throws SQLException {
        owner.setAutoCommit(false);
        replica.setAutoCommit(false);
        try {
            List<TableComparison> results = new ArrayList<>();
            for (List<String> table : rows(owner, ENTITY_TABLES)) {
                results.add(compare(table.getFirst(), table.getLast()));
            }
            return results;
        } finally {
            owner.rollback();
            replica.rollback();
        }
    }

    private TableComparison compare(String schema, String name) throws SQLException {
        String table = schema + "." + name;
        List<String> columns = column(owner, COLUMNS, schema, name);
        List<String> replicaColumns = column(replica, COLUMNS, schema, name);
        if (!columns.equals(replicaColumns)) {
            String sample =
                    "columns " + columns + " at the owner, " + replicaColumns + " at the replica";
            return new TableComparison(table, 0, 0, 0, 0, 1, List.of(sample));
        }
        String select = select(schema, name, columns);
        try (Statement left = cursor(owner);
                Statement right = cursor(replica);
                ResultSet ours = left.executeQuery(select);
                ResultSet theirs = right.executeQuery(select)) {
            RowMerge merge = new RowMerge(columns, ours, theirs);
            return merge.result(table);
        }
    }

    private String select(String schema, String name, List<String> columns) throws SQLException {
        String key = column(owner, KEY, schema, name).getFirst();
        String values =
                columns.stream().map(ReplicaComparison::value).collect(Collectors.joining(", "));
        return "SELECT %s::text COLLATE \"C\", \"_state\"::text, %s FROM %s.%s WHERE \"_state\" <> 'a' ORDER BY 1"
                .formatted(quoted(key), values, quoted(schema), quoted(name));
    }

    /** When a placeholder was placed is each database's own, too. */
    private static String value(String column) {
        return column.equals("_changed_at")
                ? "CASE WHEN \"_state\" <> 'p' THEN \"_changed_at\" END::text"
                : quoted(column) + "::text";
    }

    private static Statement cursor(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        statement.setFetchSize(FETCH_ROWS);
        return statement;
    }

    private static List<String> column(
            Connection connection, String sql, String schema, String name) throws SQLException {
        return rows(connection, sql, schema, name).stream().map(List::getFirst).toList();
    }

    private static List<List<String>> rows(Connection connection, String sql, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<List<String>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(Objects.requireNonNull(result.getString(i)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
