package dev.understudy.service;

/**
 * Properties {@code understudy.kafka.*}.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 */
public record KafkaConfiguration(String bootstrapServers) {
    private static final String PROPERTY = "understudy.kafka.bootstrap-servers";

    public KafkaConfiguration {
        InvalidConfigurationException.matching(
                "[^\\s,]+:\\d{1,5}(,[^\\s,]+:\\d{1,5})*",
                PROPERTY,
                bootstrapServers,
                "a comma-separated list of <host>:<port>");
    }

    /** From properties. */
    public static KafkaConfiguration of(Settings settings) {
        return new KafkaConfiguration(settings.text(PROPERTY, ""));
    }
}
