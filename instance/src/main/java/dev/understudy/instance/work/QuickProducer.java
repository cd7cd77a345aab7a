package dev.understudy.instance.work;

import dev.understudy.service.KafkaConfiguration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a producer of few records is configured with: quick, and soon to say that Kafka is away. */
public final class QuickProducer {
    private QuickProducer() {}

    public static Map<String, Object> configuration(KafkaConfiguration kafka) {
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
