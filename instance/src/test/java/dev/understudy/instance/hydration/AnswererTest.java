package dev.understudy.instance.hydration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.MemoryStore;
import dev.understudy.instance.RecordedPublication;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What an owner says of what is asked for, and to whom. */
final class AnswererTest {
    private static final EntityId KNOWN = Contoso.id(Contoso.ACCOUNT, 1);
    private static final EntityId UNKNOWN = Contoso.id(Contoso.ACCOUNT, 2);

    private final MemoryStore store = new MemoryStore();
    private final RecordedPublication publication = new RecordedPublication();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Answerer.Counts counts =
            new Answerer.Counts(
                    meters.counter("known"),
                    meters.counter("unknown"),
                    meters.counter("undeliverable"));

    AnswererTest() {
        store.put(
                new EntityRow(
                        EntityContent.ofKey(KNOWN.type(), KNOWN.key()),
                        RecordState.HYDRATED,
                        new Version(1),
                        Instant.EPOCH));
    }

    @Test
    void whoCannotBeToldDoesNotStandInTheWayOfTheOthers() throws Exception {
        Topics topics = new Topics(new TimeoutException("no metadata"));
        answerer(topics).handle(questions());
        assertThat(topics.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("europe.understudy.hydration-answers");
        assertThat(publication.published()).hasSize(1);
        assertThat(counts.known().count()).isEqualTo(1);
        assertThat(counts.unknown().count()).isEqualTo(1);
        assertThat(counts.undeliverable().count()).isEqualTo(1);
    }

    @Test
    void nothingIsPublishedBeforeAllAreTold() {
        Topics topics = new Topics(new KafkaException("anything else"));
        assertThatThrownBy(() -> answerer(topics).handle(questions()))
                .hasCauseInstanceOf(KafkaException.class);
        assertThat(publication.published()).isEmpty();
    }

    private Answerer answerer(Topics topics) {
        return new Answerer(
                "us",
                Contoso.CATALOG,
                store,
                new Republication(store, publication),
                topics,
                counts);
    }

    private static List<Question> questions() {
        return List.of(
                question(KNOWN, "europe"), question(UNKNOWN, "gone"), question(UNKNOWN, "europe"));
    }

    private static Question question(EntityId id, String askedBy) {
        return new Question(id.type().fullName(), id.key().text(), List.of(), askedBy);
    }

    /** Kafka in memory, which does not take what is for {@code gone}. */
    private static final class Topics extends MockProducer<byte[], byte[]> {
        private final KafkaException failure;

        Topics(KafkaException failure) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.failure = failure;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            return record.topic().startsWith("gone.")
                    ? CompletableFuture.failedFuture(failure)
                    : super.send(record);
        }
    }
}
