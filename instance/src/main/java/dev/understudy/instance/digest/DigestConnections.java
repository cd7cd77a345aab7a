package dev.understudy.instance.digest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.store.digest.DatabaseSide;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The few connections that digests use: a scan takes longer than the others' time limit, and must
 * not take connections from writers. None is open while no digest is asked for.
 */
@Singleton
final class DigestConnections {
    private static final int AT_MOST = 2;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final String SESSION =
            "-c statement_timeout=10min -c idle_in_transaction_session_timeout=30s";

    private final HikariDataSource pool;
    private final DatabaseSide side;

    DigestConnections(
            DatabaseConfiguration database, InstanceConfiguration instance, Catalog catalog) {
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName(instance.instance() + "-digest");
        hikari.setJdbcUrl(database.url());
        hikari.setUsername(database.user());
        hikari.setPassword(database.password());
        hikari.setMaximumPoolSize(AT_MOST);
        hikari.setMinimumIdle(0);
        hikari.setIdleTimeout(IDLE.toMillis());
        hikari.setConnectionTimeout(database.connectionTimeoutMs());
        hikari.setInitializationFailTimeout(-1);
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        hikari.addDataSourceProperty("ApplicationName", "understudy-digest-" + instance.instance());
        hikari.addDataSourceProperty("options", SESSION);
        pool = new HikariDataSource(hikari);
        side = new DatabaseSide(pool, catalog, AT_MOST);
    }

    DatabaseSide side() {
        return side;
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
