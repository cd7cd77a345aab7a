package dev.understudy.replicator.configuration;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Properties {@code understudy.database.*}: the target's PostgreSQL.
 *
 * @param url JDBC URL
 * @param poolSize connections, 1 to 1,000; one per stream thread and one more are enough
 */
@ConfigurationProperties("understudy.database")
public record DatabaseConfiguration(
        @Bindable(defaultValue = "") String url,
        @Bindable(defaultValue = "understudy") String user,
        @Bindable(defaultValue = "") String password,
        @Bindable(defaultValue = "10") int poolSize) {
    public DatabaseConfiguration {
        InvalidConfigurationException.matching(
                "jdbc:postgresql:.+",
                "understudy.database.url",
                url,
                "a JDBC URL such as jdbc:postgresql://localhost:5432/crm");
        InvalidConfigurationException.between(1, 1000, "understudy.database.pool-size", poolSize);
    }

    @Override
    public String toString() {
        return "DatabaseConfiguration[url=%s, user=%s, poolSize=%d]".formatted(url, user, poolSize);
    }
}
