package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class KafkaServerIT {

    private static final String TOPIC = "us.contoso.crm.Account";

    private static final KafkaServer kafka = KafkaServer.open();

    @AfterAll
    static void close() {
        kafka.close();
    }

    @Test
    void committedTransactionsSurviveAKill() throws Exception {
        try (Admin admin = Admin.create(common(kafka))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 4, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        produce(kafka, "before");

        kafka.kill();
        assertThat(kafka.isRunning()).isFalse();
        kafka.start();

        produce(kafka, "after");
        assertThat(consume(kafka, 2)).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void topicsAreNotMadeByThemselves() throws Exception {
        try (Admin admin = Admin.create(common(kafka))) {
            try (var consumer =
                    new KafkaConsumer<>(
                            common(kafka), new StringDeserializer(), new StringDeserializer())) {
                assertThat(consumer.partitionsFor("unknown")).isEmpty();
            }
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .doesNotContain("unknown");
        }
    }

    private static Map<String, Object> common(KafkaServer kafka) {
        return Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "reader",
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "transactional.id", "writer");
    }

    private static void produce(KafkaServer kafka, String value) {
        try (var producer =
                new KafkaProducer<>(
                        common(kafka), new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(new ProducerRecord<>(TOPIC, value, value));
            producer.commitTransaction();
        }
    }

    private static List<String> consume(KafkaServer kafka, int count) {
        List<String> values = new ArrayList<>();
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (var consumer =
                new KafkaConsumer<>(
                        common(kafka), new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(Set.of(TOPIC));
            while (values.size() < count && System.nanoTime() < deadlineNs) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
            }
        }
        return values;
    }
}
