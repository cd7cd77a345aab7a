package dev.understudy.replicator;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The owner {@code us}, as far as it is seen in Kafka. */
final class Owner implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final ChangeEventEncoder encoder;
    private final Heartbeats heartbeats;

    Owner(String bootstrapServers, String registryUrl) throws Exception {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        encoder = new ChangeEventEncoder(Map.of("schema.registry.url", registryUrl));
        heartbeats = new Heartbeats(registryUrl);
    }

    ProducerRecord<byte[], byte[]> encode(ChangeEvent event) {
        return encoder.encode(event);
    }

    /** Sends without waiting. */
    void send(ChangeEvent event) {
        send(encode(event), (_, _) -> {});
    }

    void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        var _ = producer.send(record, callback);
    }

    /** Waits until Kafka has it. */
    RecordMetadata publish(ChangeEvent event) throws Exception {
        return publish(encode(event));
    }

    RecordMetadata publish(ProducerRecord<byte[], byte[]> record) throws Exception {
        return producer.send(record).get(10, TimeUnit.SECONDS);
    }

    /** Says that all it committed up to a time is in Kafka, and ends there. */
    void heartbeat(Instant time, Map<TopicPartition, Long> ends) throws Exception {
        Map<String, List<Long>> next = new HashMap<>();
        ends.entrySet().stream()
                .sorted(Comparator.comparingInt(end -> end.getKey().partition()))
                .forEach(end ->
                        next.computeIfAbsent(end.getKey().topic(), _ -> new ArrayList<>())
                                .add(end.getValue()));
        publish(heartbeats.record(time, next));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        encoder.close();
        heartbeats.close();
    }
}
