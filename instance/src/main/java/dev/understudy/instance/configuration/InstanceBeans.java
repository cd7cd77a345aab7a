package dev.understudy.instance.configuration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.store.EntityStore;
import dev.understudy.store.postgres.AliasReferences;
import dev.understudy.store.postgres.PostgresEntityStore;
import dev.understudy.store.query.EntityChanges;
import dev.understudy.store.query.EntityQueries;
import dev.understudy.store.query.SigningKeys;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** The beans that follow from the configuration alone. */
@Factory
final class InstanceBeans {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(2);

    /** Longer than the statement time-out, so that it only ends connections to a dead server. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(20);

    /** The last three end, and so unlock, what a host that died has left in the server. */
    private static final String SESSION =
            "-c statement_timeout=10s -c idle_in_transaction_session_timeout=30s"
                    + " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10"
                    + " -c tcp_keepalives_count=3";

    @Singleton
    Catalog catalog(InstanceConfiguration configuration) {
        return configuration.entities().load();
    }

    @Singleton
    @Bean(preDestroy = "close")
    HikariDataSource dataSource(
            DatabaseConfiguration database, InstanceConfiguration configuration) {
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName(configuration.instance());
        hikari.setJdbcUrl(database.url());
        hikari.setUsername(database.user());
        hikari.setPassword(database.password());
        hikari.setMaximumPoolSize(database.poolSize());
        hikari.setConnectionTimeout(database.connectionTimeoutMs());
        hikari.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
        // The service starts, and says that it is not ready, while its database is away.
        hikari.setInitializationFailTimeout(-1);
        hikari.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
        hikari.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT.toSeconds());
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        hikari.addDataSourceProperty("ApplicationName", "understudy-" + configuration.instance());
        hikari.addDataSourceProperty("options", SESSION);
        return new HikariDataSource(hikari);
    }

    @Singleton
    EntityStore store(DataSource dataSource, Catalog catalog, InstanceConfiguration configuration) {
        return new PostgresEntityStore(dataSource, catalog, configuration.instance());
    }

    @Singleton
    EntityQueries queries(DataSource dataSource, Catalog catalog, WebConfiguration web) {
        return new EntityQueries(dataSource, catalog, Duration.ofMillis(web.queryTimeoutMs()));
    }

    @Singleton
    EntityChanges changes(DataSource dataSource, Catalog catalog, WebConfiguration web) {
        return new EntityChanges(dataSource, catalog, Duration.ofMillis(web.queryTimeoutMs()));
    }

    @Singleton
    SigningKeys signingKeys(DataSource dataSource) {
        return new SigningKeys(dataSource);
    }

    @Singleton
    AliasReferences aliasReferences(
            DataSource dataSource, Catalog catalog, InstanceConfiguration configuration) {
        return new AliasReferences(dataSource, catalog, configuration.instance());
    }

    @Singleton
    Clock clock(ClockConfiguration configuration) {
        return configuration.clock();
    }
}
