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
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that entities are complete: one record each on {@code <instance>.<type>.ready}, under the
 * entity's key, a JSON object with type, key and version. Used by one thread.
 */
@Singleton
final class ReadyTopics {
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ReadyTopics.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String instance;
    private final Provider<KafkaConfiguration> kafka;
    private final PublishingConfiguration publishing;
    private final Set<String> made = new HashSet<>();
    private final Pauses<String> pauses = new Pauses<>(System::nanoTime);
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    ReadyTopics(
            InstanceConfiguration instance,
            Provider<KafkaConfiguration> kafka,
            PublishingConfiguration publishing) {
        this.instance = instance.instance();
        this.kafka = kafka;
        this.publishing = publishing;
    }

    /**
     * Returns when Kafka has all of it; false, after the first failure, if it may not have. What
     * fails is left alone for a while, and does not concern other types.
     */
    boolean send(EntityType type, List<Awaited> complete) throws InterruptedException {
        if (!pauses.isOver(type.fullName())) {
            return false;
        }
        String topic = "%s.%s.ready".formatted(instance, type.fullName());
        try {
            make(topic);
            send(topic, complete);
        } catch (ExecutionException | KafkaException e) {
            LOG.warn(
                    "Cannot tell on {} what is ready, retrying in {}: {}",
                    topic,
                    pauses.failed(type.fullName()),
                    e.toString());
            LOG.debug("The failure", e);
            return false;
        }
        if (pauses.succeeded(type.fullName())) {
            LOG.info("{} goes on", topic);
        }
        return true;
    }

    private void make(String topic) throws InterruptedException {
        if (!made.contains(topic)) {
            Topics.create(
                    kafka.get(),
                    new NewTopic(
                            topic,
                            publishing.partitions(),
                            (short) publishing.replicationFactor()));
            made.add(topic);
        }
    }

    private void send(String topic, List<Awaited> complete)
            throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Awaited awaited : complete) {
            byte[] key = awaited.id().key().text().getBytes(UTF_8);
            Future<RecordMetadata> future =
                    producer().send(new ProducerRecord<>(topic, key, json(awaited)));
            if (future.isDone()) {
                // Without the topic's metadata each of them would wait, and fail at once after it.
                future.get();
            }
            sent.add(future);
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
