package dev.understudy.instance.hydration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.instance.snapshot.Republication;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
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
    record Counts(Counter known, Counter unknown, Counter undeliverable) {}

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
        Map<EntityId, RecordState> states = store.states(ids);
        // First what may fail without a trace: what is published stays in the WAL.
        tell(
                ids.stream()
                        .filter(id -> !isKnown(states.get(id)))
                        .flatMap(id -> byId.getOrDefault(id, Set.of()).stream())
                        .collect(Collectors.groupingBy(Question::askedBy)));
        List<EntityId> known = ids.stream().filter(id -> isKnown(states.get(id))).toList();
        for (int from = 0; from < known.size(); from += ROWS_LOCKED) {
            List<EntityId> some = known.subList(from, Math.min(known.size(), from + ROWS_LOCKED));
            counts.known().increment(republication.publish(some).size());
        }
    }

    private static boolean isKnown(@Nullable RecordState state) {
        return state != null && state != RecordState.PLACEHOLDER;
    }

    /** Who cannot be told asks again, and does not stand in the way of the others. */
    private void tell(Map<String, List<Question>> unknown) throws Exception {
        for (Map.Entry<String, List<Question>> asking : unknown.entrySet()) {
            try {
                tell(asking.getValue());
                counts.unknown().increment(asking.getValue().size());
            } catch (ExecutionException e) {
                if (!isOfTheTopic(e.getCause())) {
                    throw e;
                }
                LOG.warn("{} cannot be told: {}", asking.getKey(), String.valueOf(e.getCause()));
                counts.undeliverable().increment(asking.getValue().size());
            }
        }
    }

    private void tell(List<Question> unknown) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Question question : unknown) {
            Future<RecordMetadata> one =
                    producer.send(
                            new ProducerRecord<>(
                                    HydrationTopics.answers(question.askedBy()),
                                    question.key().getBytes(UTF_8),
                                    question.unknownTo(owner)));
            sent.add(one);
            if (one.state() == Future.State.FAILED) {
                // The next one would wait for the topic just as long.
                break;
            }
        }
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            var _ = one.get();
        }
    }

    /** Whether it does not exist, which comes as a timeout, or may not be written. */
    private static boolean isOfTheTopic(@Nullable Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof UnknownTopicOrPartitionException
                || failure instanceof InvalidTopicException
                || failure instanceof AuthorizationException;
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
