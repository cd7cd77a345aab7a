package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.KafkaServer;
import dev.understudy.service.NewTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without the wait for their leaders, one of the first three topics mostly stands still. */
@Timeout(120)
final class NewTopicsIT {
    private static final int TOPICS = 6;
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 30_000;

    @Test
    void topicsTakeSeveralBatchesAtOnceAsSoonAsTheyAreMade() throws Exception {
        try (KafkaServer kafka = KafkaServer.open();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            for (int i = 0; i < TOPICS; i++) {
                NewTopic topic = new NewTopic("new" + i, PARTITIONS, (short) 1);
                NewTopics.create(admin, List.of(topic), Duration.ofSeconds(30));
                NewTopics.create(admin, List.of(topic), Duration.ofSeconds(30));
                fill(kafka, topic.name());
            }
        }
    }

    private static void fill(KafkaServer kafka, String topic) throws Exception {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "linger.ms", 20,
                        "batch.size", 1 << 17,
                        "request.timeout.ms", 10_000,
                        "delivery.timeout.ms", 30_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                sent.add(
                        producer.send(
                                new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[200])));
            }
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                assertThat(each.get().hasOffset()).isTrue();
            }
        }
    }
}
