package dev.understudy.benchmarks.instance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.benchmarks.replicator.Infrastructure;
import dev.understudy.benchmarks.replicator.Preload;
import dev.understudy.benchmarks.store.Accounts;
import dev.understudy.sandbox.Database;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Two processes of one target instance on one database, so that their tables are the same: one
 * places what is missing, one rejects it. And its replicator, when it is wanted.
 */
final class TargetServices implements AutoCloseable {
    private static final String MODULE = "target-instance";
    private static final String MAIN = "dev.understudy.target.TargetInstance";
    private static final String REPLICAS = "us.contoso.crm.Account,us.contoso.crm.Contact";
    private static final int BATCH = 5000;

    private final Infrastructure infrastructure;
    private final Database database;
    private final ServiceProcess placing;
    private final ServiceProcess rejecting;

    TargetServices(Infrastructure infrastructure, String hydration)
            throws SQLException, InterruptedException, ExecutionException {
        this.infrastructure = infrastructure;
        try (Preload topics = new Preload(infrastructure)) {
            topics.create("us");
        }
        database = infrastructure.freshDatabase();
        Map<String, String> environment =
                ServiceProcess.environment(
                        infrastructure,
                        database,
                        "europe",
                        REPLICAS + ",europe.contoso.crm.Ticket");
        String variable = "UNDERSTUDY_HYDRATION_ENABLED";
        placing = ServiceProcess.instance(MODULE, MAIN, environment, variable, hydration);
        rejecting =
                ServiceProcess.instance(
                        MODULE,
                        MAIN,
                        environment,
                        variable,
                        hydration,
                        "UNDERSTUDY_ON_MISSING",
                        "reject");
    }

    ServiceProcess placing() {
        return placing;
    }

    ServiceProcess rejecting() {
        return rejecting;
    }

    /** Puts the first customers there, an account and a contact each. */
    void preload(int customers) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            PostgresEntityStore store = new PostgresEntityStore(pool, Accounts.CATALOG, "europe");
            for (int from = 0; from < customers; from += BATCH) {
                List<ChangeEvent> events = new ArrayList<>();
                for (int customer = from; customer < from + BATCH; customer++) {
                    events.add(Entities.account(customer, 1));
                    events.add(Entities.contact(customer, 1));
                }
                store.apply(events);
            }
        }
    }

    /** Starts the target's replicator as it is shipped. */
    ServiceProcess replicator() {
        return ServiceProcess.shipped(
                "replicator",
                ServiceProcess.environment(infrastructure, database, "europe", REPLICAS));
    }

    /** How many rows a condition selects. */
    long count(String table, String condition) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT count(*) FROM contoso_crm.%s WHERE %s"
                                        .formatted(table, condition))) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        rejecting.close();
        placing.close();
    }
}
