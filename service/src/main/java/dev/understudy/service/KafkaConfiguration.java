package dev.understudy.service;

import java.util.HashMap;
import java.util.Map;

/**
 * Properties {@code understudy.kafka.*}.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param security Kafka's own settings of how every client connects: {@code security.*}, {@code
 *     sasl.*} and {@code ssl.*}
 */
public record KafkaConfiguration(String bootstrapServers, Map<String, String> security) {
    private static final String PROPERTY = "understudy.kafka.bootstrap-servers";
    private static final String FILE = "understudy.kafka.client-properties";

    public KafkaConfiguration {
        security = Map.copyOf(security);
        InvalidConfigurationException.matching(
                "[^\\s,]+:\\d{1,5}(,[^\\s,]+:\\d{1,5})*",
                PROPERTY,
                bootstrapServers,
                "a comma-separated list of <host>:<port>");
    }

    /** Of servers that anybody may connect to. */
    public KafkaConfiguration(String bootstrapServers) {
        this(bootstrapServers, Map.of());
    }

    /** From properties. */
    public static KafkaConfiguration of(Settings settings) {
        return new KafkaConfiguration(
                settings.text(PROPERTY, ""), ClientProperties.read(FILE, settings.text(FILE, "")));
    }

    /** What every client is configured with, whatever else it is. */
    public Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(security);
        client.put("bootstrap.servers", bootstrapServers);
        return client;
    }

    /** Without the settings' values, among which are secrets. */
    @Override
    public String toString() {
        return "KafkaConfiguration[bootstrapServers=%s, security=%s]"
                .formatted(bootstrapServers, security.keySet());
    }
}
