package dev.understudy.store.install;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.store.StoreException;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of a catalog into a database, and onto newer schemas. */
public final class StoreSchema {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSchema.class);

    private final Catalog catalog;
    private final Tables tables;

    private StoreSchema(Catalog catalog) {
        this.catalog = catalog;
        this.tables = new Tables(catalog);
    }

    /**
     * Creates or changes what is missing; does nothing if all is there, or newer. Safe to run in
     * many processes at once, and beside readers and writers: nothing that reads a whole table
     * stops them, and everything else waits for its locks in turns of half a second. What a crash
     * cuts short is found and finished by the next run.
     *
     * @throws dev.understudy.schemas.model.ModelException if the types cannot be tables, or one is
     *     installed with a schema that this one may not follow
     * @throws StoreException retryable if the database is away or the tables stay locked for two
     *     minutes; fatal if the role may not change them
     */
    public static void install(DataSource dataSource, Catalog catalog) {
        StoreSchema schema = new StoreSchema(catalog);
        try (DdlSession session = DdlSession.open(dataSource)) {
            if (!schema.isInstalled(session.connection())) {
                session.own();
                schema.migrate(session);
            }
        } catch (SQLException e) {
            throw SqlFailure.fault("install the tables", e);
        }
    }

    private boolean isInstalled(Connection connection) throws SQLException {
        InstalledTypes types = new InstalledTypes(connection);
        if (!types.areThere() || !SupportTables.areThere(connection)) {
            return false;
        }
        Map<String, Plan> plans = Plan.of(catalog, types.all());
        return plans.values().stream().allMatch(Plan::leavesTheRecord)
                && missing(connection, plans).isEmpty();
    }

    /** The record goes first: from then on an older service knows itself to be older. */
    private void migrate(DdlSession session) throws SQLException {
        Map<String, Plan> plans = session.inTransaction(this::begin);
        Migration migration = new Migration(session);
        migration.take(own(session.connection(), plans));
        migration.take(foreignKeys(session.connection(), plans));
    }

    private Map<String, Plan> begin(Connection connection) throws SQLException {
        InstalledTypes types = new InstalledTypes(connection);
        types.create();
        SupportTables.create(connection);
        Map<String, Plan> plans = Plan.of(catalog, types.all());
        List<Table> created = new ArrayList<>();
        for (CatalogEntry entry : catalog.entries()) {
            Plan plan = plans.getOrDefault(entry.type().fullName(), new Plan.Create());
            Table table = tables.of(entry.type());
            switch (plan) {
                case Plan.Create _ -> {
                    create(connection, table);
                    created.add(table);
                }
                case Plan.Follow follow -> new RowsThatStay(connection, table).check(follow);
                case Plan.Leave _ -> LOG.info("{} is installed with a newer schema", entry.type());
            }
            if (!plan.leavesTheRecord()) {
                types.record(entry);
            }
        }
        // Only now, because references run in cycles.
        for (Table table : created) {
            for (Column reference : table.references()) {
                execute(
                        connection,
                        new TableDefinition(table)
                                .addForeignKey(reference, target(reference.field())));
            }
        }
        return plans;
    }

    private static void create(Connection connection, Table table) throws SQLException {
        LOG.info("Creating the table {} of {}", table.quoted(), table.type());
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Names.quoted(table.schema()));
        for (String statement : new TableDefinition(table).create()) {
            execute(connection, statement);
        }
    }

    private List<Step> missing(Connection connection, Map<String, Plan> plans) throws SQLException {
        List<Step> steps = own(connection, plans);
        steps.addAll(foreignKeys(connection, plans));
        return steps;
    }

    private List<Step> own(Connection connection, Map<String, Plan> plans) throws SQLException {
        List<Step> steps = new ArrayList<>();
        for (Table table : followed(plans)) {
            steps.addAll(new MissingParts(table, PresentTable.read(connection, table)).own());
        }
        return steps;
    }

    private List<Step> foreignKeys(Connection connection, Map<String, Plan> plans)
            throws SQLException {
        List<Step> steps = new ArrayList<>();
        for (Table table : followed(plans)) {
            steps.addAll(
                    new MissingParts(table, PresentTable.read(connection, table))
                            .foreignKeys(this::target));
        }
        return steps;
    }

    private List<Table> followed(Map<String, Plan> plans) {
        return tables.all().stream()
                .filter(table -> plans.get(table.type().fullName()) instanceof Plan.Follow)
                .toList();
    }

    private Table target(EntityField reference) {
        return tables.of(catalog.target(reference));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
