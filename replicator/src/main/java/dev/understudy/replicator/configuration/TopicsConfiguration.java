package dev.understudy.replicator.configuration;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Properties {@code understudy.topics.*}: the topics that the replicator creates.
 *
 * @param partitions of a topic, 1 to 1,000
 * @param replicationFactor copies of a partition, 1 to 32,767
 * @param receiptsRetention how long receipts are kept, from 1 min
 * @param deadLettersRetention how long dead letters are kept, from 1 min
 */
@ConfigurationProperties("understudy.topics")
public record TopicsConfiguration(
        @Bindable(defaultValue = "4") int partitions,
        @Bindable(defaultValue = "1") int replicationFactor,
        @Bindable(defaultValue = "7d") Duration receiptsRetention,
        @Bindable(defaultValue = "365d") Duration deadLettersRetention) {
    private static final String PREFIX = "understudy.topics.";

    public TopicsConfiguration {
        InvalidConfigurationException.between(1, 1000, PREFIX + "partitions", partitions);
        InvalidConfigurationException.between(
                1, Short.MAX_VALUE, PREFIX + "replication-factor", replicationFactor);
        InvalidConfigurationException.between(
                60,
                Long.MAX_VALUE,
                PREFIX + "receipts-retention seconds",
                receiptsRetention.toSeconds());
        InvalidConfigurationException.between(
                60,
                Long.MAX_VALUE,
                PREFIX + "dead-letters-retention seconds",
                deadLettersRetention.toSeconds());
    }

    /** What applies unless it is configured. */
    public static TopicsConfiguration defaults() {
        return new TopicsConfiguration(4, 1, Duration.ofDays(7), Duration.ofDays(365));
    }
}
