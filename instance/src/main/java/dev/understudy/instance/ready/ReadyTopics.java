package dev.understudy.instance.ready;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.instance.configuration.PublishingConfiguration;
import dev.understudy.instance.work.QuickProducer;
import dev.understudy.instance.work.Topics;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.store.ledger.Awaited;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Tells that entities are complete: one record each on {@code <instance>.<type>.ready}, under the
 * entity's key, a JSON object with type, key and version. Used by one thread.
 */
@Singleton
final class ReadyTopics {
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String instance;
    private final Provider<KafkaConfiguration> kafka;
    private final PublishingConfiguration publishing;
    private final Set<String> made = new HashSet<>();
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    ReadyTopics(
            InstanceConfiguration instance,
            Provider<KafkaConfiguration> kafka,
            PublishingConfiguration publishing) {
        this.instance = instance.instance();
        this.kafka = kafka;
        this.publishing = publishing;
    }

    /** Returns when Kafka has all of it. */
    void send(EntityType type, List<Awaited> complete)
            throws ExecutionException, InterruptedException {
        String topic = "%s.%s.ready".formatted(instance, type.fullName());
        if (!made.contains(topic)) {
            Topics.create(
                    kafka.get(),
                    new NewTopic(
                            topic,
                            publishing.partitions(),
                            (short) publishing.replicationFactor()));
            made.add(topic);
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Awaited awaited : complete) {
            sent.add(
                    producer()
                            .send(
                                    new ProducerRecord<>(
                                            topic,
                                            awaited.id().key().text().getBytes(UTF_8),
                                            json(awaited))));
        }
        for (Future<RecordMetadata> future : sent) {
            future.get();
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> present = producer;
        if (present == null) {
            present = new KafkaProducer<>(QuickProducer.configuration(kafka.get()));
            producer = present;
        }
        return present;
    }

    private static byte[] json(Awaited awaited) {
        return JSON.createObjectNode()
                .put("type", awaited.id().type().fullName())
                .put("key", awaited.id().key().text())
                .put("version", awaited.version().number())
                .toString()
                .getBytes(UTF_8);
    }

    @PreDestroy
    void close() {
        if (producer != null) {
            producer.close(CLOSE_BOUND);
        }
    }
}
