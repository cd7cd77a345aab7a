package dev.understudy.instance.configuration;

import java.util.regex.Pattern;

/**
 * Properties {@code understudy.kafka.*}.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 */
public record KafkaConfiguration(String bootstrapServers) {
    private static final Pattern SERVERS =
            Pattern.compile("[^\\s,]+:\\d{1,5}(,[^\\s,]+:\\d{1,5})*");

    public KafkaConfiguration {
        if (!SERVERS.matcher(bootstrapServers).matches()) {
            throw new InvalidConfigurationException(
                    "understudy.kafka.bootstrap-servers",
                    bootstrapServers,
                    "a comma-separated list of <host>:<port>");
        }
    }
}
