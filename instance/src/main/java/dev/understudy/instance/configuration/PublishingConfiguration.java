package dev.understudy.instance.configuration;

/**
 * Properties {@code understudy.publishing.*}: the topics that the instance creates.
 *
 * @param partitions of a topic, 1 to 1,000
 * @param replicationFactor copies of a partition, 1 to 32,767
 */
public record PublishingConfiguration(int partitions, int replicationFactor) {
    public PublishingConfiguration {
        InvalidConfigurationException.between(
                1, 1000, "understudy.publishing.partitions", partitions);
        InvalidConfigurationException.between(
                1, Short.MAX_VALUE, "understudy.publishing.replication-factor", replicationFactor);
    }
}
