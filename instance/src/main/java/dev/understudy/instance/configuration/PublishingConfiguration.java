package dev.understudy.instance.configuration;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Properties {@code understudy.publishing.*}: the topics that the instance creates.
 *
 * @param partitions of a topic, 1 to 1,000
 * @param replicationFactor copies of a partition, 1 to 32,767
 */
@ConfigurationProperties("understudy.publishing")
public record PublishingConfiguration(
        @Bindable(defaultValue = "4") int partitions,
        @Bindable(defaultValue = "1") int replicationFactor) {
    public PublishingConfiguration {
        InvalidConfigurationException.between(
                1, 1000, "understudy.publishing.partitions", partitions);
        InvalidConfigurationException.between(
                1, Short.MAX_VALUE, "understudy.publishing.replication-factor", replicationFactor);
    }
}
