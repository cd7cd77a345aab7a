package dev.understudy.instance.hydration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.write.RefusedWriteException;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An owner's answers: the entity published again, or that it does not know it. */
final class Answerer implements TopicReader.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Answerer.class);
    private static final int ROWS_LOCKED = 100;

    private final String owner;
    private final Catalog catalog;
    private final EntityStore store;
    private final Republication republication;
    private final Producer<byte[], byte[]> producer;
    private final Counts counts;

    /** What was answered. */
    record Counts(Counter known, Counter unknown) {}

    Answerer(
            String owner,
            Catalog catalog,
            EntityStore store,
            Republication republication,
            Producer<byte[], byte[]> producer,
            Counts counts) {
        this.owner = owner;
        this.catalog = catalog;
        this.store = store;
        this.republication = republication;
        this.producer = producer;
        this.counts = counts;
    }

    @Override
    public void handle(List<Question> questions) throws Exception {
        Map<EntityId, Set<Question>> byId = new LinkedHashMap<>();
        for (Question question : questions) {
            id(question)
                    .ifPresent(id -> byId.computeIfAbsent(id, _ -> new HashSet<>()).add(question));
        }
        List<EntityId> ids = List.copyOf(byId.keySet());
        Set<EntityId> known = new HashSet<>();
        for (int from = 0; from < ids.size(); from += ROWS_LOCKED) {
            known.addAll(publish(ids.subList(from, Math.min(ids.size(), from + ROWS_LOCKED))));
        }
        List<Question> unknown =
                ids.stream()
                        .filter(id -> !known.contains(id))
                        .flatMap(id -> byId.getOrDefault(id, Set.of()).stream())
                        .toList();
        tell(unknown);
        counts.known().increment(known.size());
        counts.unknown().increment(unknown.size());
    }

    /** One that is too large for Kafka does not stand in the way of the others. */
    private Set<EntityId> publish(List<EntityId> ids) {
        try {
            return republication.publish(ids);
        } catch (RefusedWriteException e) {
            if (ids.size() == 1) {
                LOG.error("{} cannot be published again: {}", ids, e.refusal());
                return Set.copyOf(ids);
            }
            Set<EntityId> known = new HashSet<>();
            ids.forEach(id -> known.addAll(publish(List.of(id))));
            return known;
        }
    }

    private void tell(List<Question> unknown) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Question question : unknown) {
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    HydrationTopics.answers(question.askedBy()),
                                    question.key().getBytes(UTF_8),
                                    question.unknownTo(owner))));
        }
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            var _ = one.get();
        }
    }

    /** The entity that is here under another key than the provisional one that is asked for. */
    private Optional<EntityId> byAlternateKey(EntityType type, Question question) {
        return question.alternateKeys().stream()
                .flatMap(json -> AlternateIds.of(type, json).stream())
                .flatMap(id -> store.find(id).stream())
                .filter(row -> row.state() == RecordState.HYDRATED)
                .map(EntityRow::id)
                .findFirst();
    }

    /** The entity that is asked for, if this instance could own it. */
    private Optional<EntityId> id(Question question) {
        Optional<CatalogEntry> entry =
                catalog.ownedBy(owner).stream()
                        .filter(one -> one.type().fullName().equals(question.type()))
                        .findFirst();
        if (entry.isEmpty()) {
            LOG.warn(
                    "{} asks for {}, which is not owned here", question.askedBy(), question.type());
            return Optional.empty();
        }
        try {
            EntityType type = entry.get().type();
            EntityId asked = new EntityId(type, type.keyType().parse(question.key()));
            return Optional.of(byAlternateKey(type, question).orElse(asked));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} asks for what is no key: {}", question.askedBy(), e.getMessage());
            return Optional.empty();
        }
    }
}
