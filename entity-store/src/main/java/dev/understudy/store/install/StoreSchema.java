package dev.understudy.store.install;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.install.InstalledTypes.Installed;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of a catalog into a database. */
public final class StoreSchema {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSchema.class);

    /** Any number will do, if it is the same in every process and version. */
    private static final long LOCK = 0x756E646572737464L;

    /** DDL queues behind whoever uses the tables, and all others behind it: so in short turns. */
    private static final StoreOptions TURNS =
            new StoreOptions(
                    30, Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(2));

    private final Connection connection;
    private final Catalog catalog;
    private final Tables tables;

    private StoreSchema(Connection connection, Catalog catalog, Tables tables) {
        this.connection = connection;
        this.catalog = catalog;
        this.tables = tables;
    }

    /**
     * Creates what is missing, in one transaction; does nothing if all is there. Safe to run in
     * many processes at once, and beside readers and writers.
     *
     * @throws dev.understudy.schemas.model.ModelException if the types cannot be tables, or one is
     *     installed with a schema that differs by more than new optional fields
     * @throws StoreException retryable if the database is away or the tables stay locked for a
     *     minute; fatal if the role may not create them
     */
    public static void install(DataSource dataSource, Catalog catalog) {
        Tables tables = new Tables(catalog);
        Transactions transactions = new Transactions(dataSource, TURNS, ThreadLocalRandom::current);
        try {
            transactions.run(
                    "install the tables",
                    connection -> {
                        new StoreSchema(connection, catalog, tables).install();
                        return true;
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault("install the tables", e);
        }
    }

    private void install() throws SQLException {
        execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        InstalledTypes types = new InstalledTypes(connection);
        Map<String, Installed> installed = types.all();
        List<String> foreignKeys = new ArrayList<>();
        for (CatalogEntry entry : catalog.entries()) {
            if (update(entry, installed.get(entry.type().fullName()), foreignKeys)) {
                types.record(entry);
            }
        }
        // Only now, because references run in cycles.
        for (String foreignKey : foreignKeys) {
            execute(foreignKey);
        }
    }

    private boolean update(
            CatalogEntry entry, @Nullable Installed present, List<String> foreignKeys)
            throws SQLException {
        Table table = tables.of(entry.type());
        TableDefinition definition = new TableDefinition(table);
        List<Column> added = table.columns();
        if (present == null) {
            LOG.info("Creating the table {} of {}", table.quoted(), entry.type());
            execute("CREATE SCHEMA IF NOT EXISTS " + Names.quoted(table.schema()));
            for (String statement : definition.create()) {
                execute(statement);
            }
        } else {
            added = SchemaChange.columnsToAdd(present, entry, table);
            for (Column column : added) {
                LOG.info("Adding the column {} to {}", column.quoted(), table.quoted());
                execute(definition.add(column));
            }
        }
        added.stream()
                .filter(column -> column.field().reference().isPresent())
                .map(column -> definition.addForeignKey(column, target(column)))
                .forEach(foreignKeys::add);
        return present == null
                || !present.fingerprint().equals(InstalledTypes.fingerprint(entry.type()));
    }

    private Table target(Column reference) {
        return tables.of(catalog.target(reference.field()));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
