package dev.understudy.replicator.configuration;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Properties {@code understudy.kafka.*}.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 */
@ConfigurationProperties("understudy.kafka")
public record KafkaConfiguration(@Bindable(defaultValue = "") String bootstrapServers) {
    public KafkaConfiguration {
        InvalidConfigurationException.matching(
                "[^\\s,]+:\\d{1,5}(,[^\\s,]+:\\d{1,5})*",
                "understudy.kafka.bootstrap-servers",
                bootstrapServers,
                "a comma-separated list of <host>:<port>");
    }
}
