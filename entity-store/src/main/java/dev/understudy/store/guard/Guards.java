package dev.understudy.store.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.KeyType;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The SQL functions {@code understudy.guard} and {@code understudy.unguard}, by which a column of
 * any table gets its placeholders. They run without this process.
 */
public final class Guards {
    private static final long LOCK = 0x756E646572677264L;

    private static final String RECORD =
            """
            INSERT INTO understudy.guarded_type VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (full_name) DO UPDATE SET table_schema = EXCLUDED.table_schema,
                table_name = EXCLUDED.table_name, key_column = EXCLUDED.key_column,
                key_type = EXCLUDED.key_type
            """;

    private static final String REMOVE =
            """
            DO $$
            DECLARE attached record;
            BEGIN
                FOR attached IN
                    SELECT DISTINCT tgrelid::regclass AS guarded,
                        split_part(encode(tgargs, 'escape'), '\\000', 1) AS reference
                    FROM pg_trigger WHERE NOT tgisinternal
                        AND tgfoid IN (to_regproc('understudy.place_of_row'),
                            to_regproc('understudy.place_of_statement'))
                LOOP
                    PERFORM understudy.unguard(attached.guarded, attached.reference::name);
                END LOOP;
            END
            $$;
            DROP PROCEDURE IF EXISTS understudy.let_guard(regrole);
            DROP FUNCTION IF EXISTS understudy.guard(regclass, name, text, text, boolean, text),
                understudy.unguard(regclass, name), understudy.place_of_statement(),
                understudy.place_of_row(), understudy.is_plain(oid, text),
                understudy.place(text, text[], text);
            DROP TABLE IF EXISTS understudy.guarded_type;
            """;

    private Guards() {}

    /**
     * Creates or renews the functions, which then know the catalog's types. Their tables must be
     * installed. Idempotent.
     *
     * @throws StoreException retryable if the database is away; fatal if the role may not
     */
    public static void install(DataSource dataSource, Catalog catalog) {
        Tables tables = new Tables(catalog);
        run(
                dataSource,
                "install the guards",
                connection -> {
                    execute(connection, script());
                    try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
                        for (Table table : tables.all()) {
                            record(statement, table);
                        }
                    }
                });
    }

    /**
     * Takes the guards off all tables, and drops the functions. Placeholders stay. Idempotent.
     *
     * @throws StoreException retryable if the database is away; fatal if the role does not own a
     *     guarded table
     */
    public static void remove(DataSource dataSource) {
        run(dataSource, "remove the guards", connection -> execute(connection, REMOVE));
    }

    private static void record(PreparedStatement statement, Table table) throws SQLException {
        statement.setString(1, table.type().fullName());
        statement.setString(2, table.schema());
        statement.setString(3, table.name());
        statement.setString(4, table.key().name());
        statement.setString(5, keyType(table.type().keyType()));
        statement.executeUpdate();
    }

    private static String keyType(KeyType type) {
        return switch (type) {
            case UUID -> "uuid";
            case STRING -> "text";
            case LONG -> "bigint";
        };
    }

    /** What runs in a transaction. */
    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private static void run(DataSource dataSource, String doing, Work work) {
        Transactions transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
        try {
            transactions.run(
                    doing,
                    connection -> {
                        execute(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
                        work.run(connection);
                        return true;
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script() {
        try (InputStream stream =
                Objects.requireNonNull(Guards.class.getResourceAsStream("guards.sql"))) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("guards.sql", e);
        }
    }
}
