package dev.understudy.replicator.configuration;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Map;

/**
 * Properties {@code understudy.registry.*}.
 *
 * @param url base URL of a registry with Confluent's API
 */
@ConfigurationProperties("understudy.registry")
public record RegistryConfiguration(@Bindable(defaultValue = "") String url) {
    public RegistryConfiguration {
        InvalidConfigurationException.matching(
                "(https?|mock)://\\S+",
                "understudy.registry.url",
                url,
                "the base URL of a schema registry, such as http://localhost:8081");
    }

    /**
     * For Confluent's serializers: no retries of their own and short timeouts, since they run
     * between two polls; the breaker tries again.
     */
    public Map<String, Object> serializers() {
        return Map.of(
                "schema.registry.url",
                url,
                "http.connect.timeout.ms",
                3000,
                "http.read.timeout.ms",
                5000,
                "max.retries",
                0);
    }
}
