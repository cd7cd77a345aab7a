package dev.understudy.instance.configuration;

/**
 * Properties {@code understudy.database.*}: the instance's PostgreSQL.
 *
 * @param url JDBC URL
 * @param poolSize connections, 1 to 1,000
 * @param connectionTimeoutMs how long a request waits for one, 250 to 600,000 ms; then it is
 *     answered that the database is unavailable
 */
public record DatabaseConfiguration(
        String url, String user, String password, int poolSize, int connectionTimeoutMs) {
    public DatabaseConfiguration {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new InvalidConfigurationException(
                    "understudy.database.url",
                    url,
                    "a JDBC URL such as jdbc:postgresql://localhost:5432/crm");
        }
        InvalidConfigurationException.between(1, 1000, "understudy.database.pool-size", poolSize);
        InvalidConfigurationException.between(
                250, 600_000, "understudy.database.connection-timeout-ms", connectionTimeoutMs);
    }

    @Override
    public String toString() {
        return "DatabaseConfiguration[url=%s, user=%s, poolSize=%d]".formatted(url, user, poolSize);
    }
}
