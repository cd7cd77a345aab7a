package dev.understudy.store.install;

import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the database's catalog says of a table.
 *
 * @param columns by name, with their types
 * @param checks by name
 * @param foreignKeys by the column that refers, those of one column
 * @param indexes by name: whether it is complete, and not left by a creation that was cut short
 */
record PresentTable(
        Map<String, String> columns,
        Map<String, Check> checks,
        Map<String, ForeignKey> foreignKeys,
        Map<String, Boolean> indexes) {
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'");

    private static final String COLUMNS =
            """
            SELECT attname, format_type(atttypid, atttypmod) FROM pg_catalog.pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
            """;

    private static final String CHECKS =
            """
            SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_catalog.pg_constraint
            WHERE conrelid = to_regclass(?) AND contype = 'c'
            """;

    private static final String FOREIGN_KEYS =
            """
            SELECT a.attname, c.conname, n.nspname, t.relname, c.convalidated
            FROM pg_catalog.pg_constraint c
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            JOIN pg_catalog.pg_class t ON t.oid = c.confrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
            WHERE c.conrelid = to_regclass(?) AND c.contype = 'f' AND cardinality(c.conkey) = 1
            """;

    private static final String INDEXES =
            """
            SELECT c.relname, i.indisvalid FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = to_regclass(?)
            """;

    /** A CHECK; the server words its condition anew, but keeps the literals. */
    record Check(Set<String> literals, boolean validated) {
        boolean hasLiteralsOf(String condition) {
            return literals.equals(literals(condition));
        }

        private static Set<String> literals(String condition) {
            return LITERAL.matcher(condition)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        }
    }

    /**
     * A foreign key.
     *
     * @param target quoted
     */
    record ForeignKey(String name, String target, boolean validated) {}

    /** What one row of a catalog's table says. */
    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    static PresentTable read(Connection connection, Table table) throws SQLException {
        PresentTable present =
                new PresentTable(
                        new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
        each(
                connection,
                COLUMNS,
                table,
                row -> present.columns.put(row.getString(1), row.getString(2)));
        each(
                connection,
                CHECKS,
                table,
                row ->
                        present.checks.put(
                                row.getString(1),
                                new Check(Check.literals(row.getString(2)), row.getBoolean(3))));
        each(
                connection,
                FOREIGN_KEYS,
                table,
                row -> {
                    String target =
                            Names.quoted(row.getString(3)) + "." + Names.quoted(row.getString(4));
                    present.foreignKeys.put(
                            row.getString(1),
                            new ForeignKey(row.getString(2), target, row.getBoolean(5)));
                });
        each(
                connection,
                INDEXES,
                table,
                row -> present.indexes.put(row.getString(1), row.getBoolean(2)));
        return present;
    }

    boolean isThere() {
        return !columns.isEmpty();
    }

    private static void each(Connection connection, String sql, Table table, RowReader reader)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }
    }
}
