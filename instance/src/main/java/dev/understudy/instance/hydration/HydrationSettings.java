package dev.understudy.instance.hydration;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What asking and answering are told.
 *
 * @param instance the name of this instance
 * @param replicationFactor of the topics that it makes
 * @param requestsPerSecond that it sends at most
 * @param delay a placeholder is asked for when it has waited for so long
 */
record HydrationSettings(
        String instance,
        String bootstrapServers,
        short replicationFactor,
        int requestsPerSecond,
        Duration delay) {
    /** What a producer is configured with: quick, and soon to say that Kafka is away. */
    Map<String, Object> producer() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    }
}
