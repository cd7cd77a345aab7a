package dev.understudy.replicator;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.replicator.configuration.CatalogConfiguration;
import dev.understudy.replicator.configuration.ReplicatorConfiguration;
import dev.understudy.replicator.configuration.TopicsConfiguration;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.service.FailedStart;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.RegistryConfiguration;
import dev.understudy.service.StartCode;
import dev.understudy.service.StartException;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.ledger.PlaceholderLedger;
import dev.understudy.store.subset.SubsetStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Builds the replication from its configuration. */
@Factory
final class Wiring {
    /**
     * A statement's time-out is shorter than the socket's; the others end, and so unlock, what a
     * host that died has left in the server.
     */
    private static final String SESSION =
            "-c statement_timeout=20s -c idle_in_transaction_session_timeout=30s"
                    + " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10"
                    + " -c tcp_keepalives_count=3";

    private static final String NAME = "understudy-replicator";
    private static final int PROBE_SECONDS = 5;

    @Context
    ReplicationSettings settings(
            CatalogConfiguration catalog,
            KafkaConfiguration kafka,
            RegistryConfiguration registry,
            ReplicatorConfiguration replicator,
            TopicsConfiguration topics) {
        EntitiesConfiguration entities = catalog.entities();
        return new ReplicationSettings(
                entities.instance(), replicated(entities), kafka, registry, replicator, topics);
    }

    /**
     * The catalog.
     *
     * @throws StartException if there is nothing in it to replicate
     */
    static Catalog replicated(EntitiesConfiguration entities) {
        Catalog catalog = entities.load();
        if (catalog.notOwnedBy(entities.instance()).isEmpty()) {
            throw new StartException(
                    StartCode.INVALID_CATALOG,
                    "understudy.catalog = %s has no entry that is not owned by understudy.instance = %s"
                            .formatted(String.join(",", entities.catalog()), entities.instance()));
        }
        return catalog;
    }

    @Singleton
    @Bean(preDestroy = "close")
    HikariDataSource dataSource(DatabaseConfiguration database) {
        return dataSourceOf(database);
    }

    /** A pool that starts while the database is away, and that no hanging database holds up. */
    static HikariDataSource dataSourceOf(DatabaseConfiguration database) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("target");
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(database.poolSize());
        // Nothing connects to a database that is away but what needs it.
        pool.setMinimumIdle(0);
        pool.setExceptionOverride(new ReadOnlySession());
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(database.connectionTimeoutMs());
        pool.addDataSourceProperty("ApplicationName", NAME);
        pool.addDataSourceProperty("connectTimeout", "5");
        pool.addDataSourceProperty("socketTimeout", "30");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("options", SESSION);
        return new HikariDataSource(pool);
    }

    /** For probes: one connection each, and none that was opened before the outage. */
    private static DataSource unpooled(HikariDataSource pool) {
        PGSimpleDataSource unpooled = new PGSimpleDataSource();
        unpooled.setUrl(pool.getJdbcUrl());
        unpooled.setUser(pool.getUsername());
        unpooled.setPassword(pool.getPassword());
        unpooled.setApplicationName(NAME + "-probe");
        unpooled.setAssumeMinServerVersion("16");
        unpooled.setConnectTimeout(PROBE_SECONDS);
        unpooled.setSocketTimeout(PROBE_SECONDS);
        return unpooled;
    }

    static Target targetOf(HikariDataSource dataSource, ReplicationSettings settings) {
        return new Target(
                SubsetStore.over(dataSource, settings.catalog(), settings.target()),
                new PlaceholderLedger(dataSource, settings.catalog()),
                () -> install(dataSource, settings.catalog()),
                new DatabaseProbe(unpooled(dataSource)));
    }

    private static void install(DataSource dataSource, Catalog catalog) {
        try {
            StoreSchema.install(dataSource, catalog);
        } catch (UnderstudyException e) {
            throw e.severity() == Severity.RETRYABLE ? e : StartException.ofTables(e);
        }
    }

    @Singleton
    @Bean(preDestroy = "close")
    Replications replications(
            ReplicationSettings settings,
            CatalogConfiguration catalog,
            HikariDataSource dataSource,
            MeterRegistry meters,
            FailedStart failedStart) {
        return new Replications(
                settings,
                () -> replicated(catalog.entities()),
                changed -> targetOf(dataSource, changed),
                new Assembly.Surroundings(meters, Clock.systemUTC(), failedStart));
    }

    /** Starts the replication once its health can be asked for. */
    @Singleton
    ApplicationEventListener<ServerStartupEvent> starter(BeanProvider<Replications> replications) {
        return _ -> replications.get().start();
    }
}
