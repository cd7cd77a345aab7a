package dev.understudy.replicator.configuration;

import dev.understudy.service.InvalidConfigurationException;
import dev.understudy.service.Settings;
import java.time.Duration;

/**
 * Properties {@code understudy.topics.*}: the topics that the replicator creates.
 *
 * @param partitions of a topic, 1 to 1,000
 * @param replicationFactor copies of a partition, 1 to 32,767
 * @param receiptsRetention how long receipts are kept, from 1 min
 * @param deadLettersRetention how long dead letters are kept, from 1 min
 */
public record TopicsConfiguration(
        int partitions,
        int replicationFactor,
        Duration receiptsRetention,
        Duration deadLettersRetention) {
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

    static TopicsConfiguration of(Settings settings) {
        TopicsConfiguration defaults = defaults();
        return new TopicsConfiguration(
                settings.whole(PREFIX + "partitions", defaults.partitions),
                settings.whole(PREFIX + "replication-factor", defaults.replicationFactor),
                settings.duration(PREFIX + "receipts-retention", defaults.receiptsRetention),
                settings.duration(
                        PREFIX + "dead-letters-retention", defaults.deadLettersRetention));
    }
}
