package dev.understudy.instance.hydration;

import dev.understudy.service.KafkaConfiguration;
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
        KafkaConfiguration kafka,
        short replicationFactor,
        int requestsPerSecond,
        Duration delay) {
    /** What a producer is configured with: quick, and soon to say that Kafka is away. */
    Map<String, Object> producer() {
        Map<String, Object> producer = kafka.client();
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        producer.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return producer;
    }
}
