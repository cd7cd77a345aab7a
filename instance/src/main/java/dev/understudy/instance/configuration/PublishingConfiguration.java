package dev.understudy.instance.configuration;

import dev.understudy.instance.batch.Schedules;
import dev.understudy.service.InvalidConfigurationException;

/**
 * Properties {@code understudy.publishing.*}: the topics that the instance creates, and how changes
 * get there.
 *
 * @param partitions of a topic, 1 to 1,000
 * @param replicationFactor copies of a partition, 1 to 32,767
 * @param batchEvents change events of one transaction in Kafka, 1 to 100,000
 * @param heartbeatMs milliseconds between two heartbeats, 100 to 60,000
 * @param takeoverMs milliseconds after which a publisher that does not answer loses its place to
 *     another process of the instance, 1,000 to 600,000
 * @param snapshotRowsPerSecond rows that a snapshot publishes again at most, 1 to 1,000,000
 * @param schedules of types that are published in batches
 */
public record PublishingConfiguration(
        int partitions,
        int replicationFactor,
        int batchEvents,
        int heartbeatMs,
        int takeoverMs,
        int snapshotRowsPerSecond,
        Schedules schedules) {
    public PublishingConfiguration {
        InvalidConfigurationException.between(
                1, 1000, "understudy.publishing.partitions", partitions);
        InvalidConfigurationException.between(
                1, Short.MAX_VALUE, "understudy.publishing.replication-factor", replicationFactor);
        InvalidConfigurationException.between(
                1, 100_000, "understudy.publishing.batch-events", batchEvents);
        InvalidConfigurationException.between(
                100, 60_000, "understudy.publishing.heartbeat-ms", heartbeatMs);
        InvalidConfigurationException.between(
                1000, 600_000, "understudy.publishing.takeover-ms", takeoverMs);
        InvalidConfigurationException.between(
                1,
                1_000_000,
                "understudy.publishing.snapshot-rows-per-second",
                snapshotRowsPerSecond);
    }
}
