package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Accounts;
import dev.understudy.sandbox.Database;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The table that a contender writes, in a database of its own: the same 13 columns and indexes for
 * all, under its own names.
 *
 * @param table quoted
 * @param key the key's column, quoted
 * @param revenue the column that every change changes, quoted
 * @param columns all columns of content, quoted, in the order of the fields
 * @param condition for rows that are entities
 */
record Destination(
        Database database,
        String table,
        String key,
        String revenue,
        List<String> columns,
        String condition) {
    private static final Table ACCOUNT = Table.of(Accounts.TYPE);
    private static final EntityField REVENUE = Accounts.TYPE.field("annualRevenue").orElseThrow();

    /** Whether references are checked. */
    enum ForeignKeys {
        ON,
        OFF
    }

    Destination {
        columns = List.copyOf(columns);
    }

    /** The store's own tables, as its replicator makes them. */
    static Destination store(Database database, String owner, ForeignKeys foreignKeys)
            throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        StoreSchema.install(source, catalog(owner));
        Destination destination =
                new Destination(
                        database,
                        ACCOUNT.quoted(),
                        ACCOUNT.key().quoted(),
                        ACCOUNT.columns().get(REVENUE.index()).quoted(),
                        ACCOUNT.columns().stream().map(Column::quoted).toList(),
                        "\"_state\" = 'h'");
        if (foreignKeys == ForeignKeys.OFF) {
            destination.dropForeignKeys();
        }
        return destination;
    }

    /** A plain table whose columns are called as the fields are. */
    static Destination plain(Database database, ForeignKeys foreignKeys) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> indexes = new ArrayList<>();
        for (Column column : ACCOUNT.columns()) {
            String name = quoted(column.field());
            columns.add(name + " " + column.type().definition());
            if (column.field().reference().isPresent()) {
                indexes.add(
                        "CREATE INDEX ON account (%s) WHERE %s IS NOT NULL".formatted(name, name));
            }
        }
        String key = quoted(Accounts.TYPE.key());
        indexes.add("CREATE UNIQUE INDEX ON account (\"accountNumber\")");
        if (foreignKeys == ForeignKeys.ON) {
            indexes.add(
                    "ALTER TABLE account ADD FOREIGN KEY (\"parentAccountId\") REFERENCES account");
        }
        Destination destination =
                new Destination(
                        database,
                        "account",
                        key,
                        quoted(REVENUE),
                        Accounts.TYPE.fields().stream().map(Destination::quoted).toList(),
                        "true");
        destination.execute(
                "CREATE TABLE account (%s, PRIMARY KEY (%s))"
                        .formatted(String.join(", ", columns), key));
        for (String index : indexes) {
            destination.execute(index);
        }
        return destination;
    }

    /** The same of some rows only. */
    Destination onlyWhere(String further) {
        return new Destination(
                database, table, key, revenue, columns, condition + " AND " + further);
    }

    /** Of every column of every entity, in no order. */
    String checksum() throws SQLException {
        return query(
                "SELECT count(*) || ' rows ' || sum(hashtextextended(ROW(%s)::text, 0)::numeric) FROM %s WHERE %s"
                        .formatted(String.join(", ", columns), table, condition));
    }

    long rows() throws SQLException {
        return Long.parseLong(
                query("SELECT count(*) FROM %s WHERE %s".formatted(table, condition)));
    }

    /** What a replica of an owner's accounts needs. */
    private static Catalog catalog(String owner) {
        return Catalog.of(
                List.of(owner + ".contoso.crm.Account", owner + ".contoso.crm.Contact"),
                new SchemaFiles(List.of("classpath:contoso")));
    }

    private void dropForeignKeys() throws SQLException {
        String drops =
                query(
                        """
                        SELECT string_agg(format('ALTER TABLE %s DROP CONSTRAINT %I',
                            conrelid::regclass, conname), '; ')
                        FROM pg_constraint WHERE contype = 'f' AND conparentid = 0
                        """);
        execute(drops);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String quoted(EntityField field) {
        return "\"" + field.name() + "\"";
    }
}
