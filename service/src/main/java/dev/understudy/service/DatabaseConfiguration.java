package dev.understudy.service;

import org.postgresql.Driver;

/**
 * Properties {@code understudy.database.*}: the service's PostgreSQL.
 *
 * @param url JDBC URL
 * @param poolSize connections, 1 to 1,000
 * @param connectionTimeoutMs how long is waited for one of them, 250 to 600,000 ms; then the
 *     database counts as unavailable
 */
public record DatabaseConfiguration(
        String url, String user, String password, int poolSize, int connectionTimeoutMs) {
    private static final String PREFIX = "understudy.database.";

    public DatabaseConfiguration {
        // No user information: the driver would take it for a port, and log it.
        if (!url.matches("jdbc:postgresql:[^@?]+(\\?.*)?") || Driver.parseURL(url, null) == null) {
            throw new InvalidConfigurationException(
                    PREFIX + "url", url, "a JDBC URL such as jdbc:postgresql://localhost:5432/crm");
        }
        InvalidConfigurationException.between(1, 1000, PREFIX + "pool-size", poolSize);
        InvalidConfigurationException.between(
                250, 600_000, PREFIX + "connection-timeout-ms", connectionTimeoutMs);
    }

    /** From properties, or their defaults. */
    public static DatabaseConfiguration of(Settings settings) {
        return new DatabaseConfiguration(
                settings.text(PREFIX + "url", ""),
                settings.text(PREFIX + "user", "understudy"),
                settings.text(PREFIX + "password", ""),
                settings.whole(PREFIX + "pool-size", 10),
                settings.whole(PREFIX + "connection-timeout-ms", 3000));
    }

    @Override
    public String toString() {
        return "DatabaseConfiguration[url=%s, user=%s, poolSize=%d]"
                .formatted(url.replaceFirst("\\?.*", ""), user, poolSize);
    }
}
