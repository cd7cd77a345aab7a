package dev.understudy.replicator.letters;

import dev.understudy.replicator.apply.DeadLetterHeaders;
import dev.understudy.replicator.apply.Redrive;
import dev.understudy.replicator.completeness.Completeness;
import dev.understudy.replicator.follow.TopicFollower;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/**
 * A target's dead letters, whichever replicator wrote them. A letter is open until it was redriven
 * with success, or discarded, which is remembered in Kafka. Thread-safe, apart from {@link
 * #catchUp}.
 */
public final class DeadLetters implements Completeness.Letters, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Between two looks at what retention has removed. */
    private static final Duration RETENTION_LOOK = Duration.ofMinutes(10);

    private final Services services;
    private final LetterReader reader;
    private final DecisionLog log;
    private final TopicFollower follower;
    private final LetterIndex index = new LetterIndex();
    private volatile boolean ready;
    private Instant nextRetentionLook = Instant.MIN;

    /**
     * What letters are worked on with.
     *
     * @param registry configuration of Confluent's deserializer
     */
    public record Services(
            LetterTopics topics,
            Catalog catalog,
            Redrive redrive,
            Supplier<Producer<byte[], byte[]>> producers,
            Map<String, ?> registry,
            Clock clock) {}

    public DeadLetters(Services services) {
        LetterTopics topics = services.topics();
        this.services = services;
        this.reader = new LetterReader(topics);
        this.log = new DecisionLog(topics.decisions(), services.producers(), TIMEOUT);
        this.follower =
                new TopicFollower(
                        topics.client(), List.of(topics.letters(), topics.decisions()), this::read);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(services.topics().letters())) {
            Letter.origin(record)
                    .ifPresent(origin ->
                            index.found(
                                    new LetterId(record.partition(), record.offset()),
                                    origin,
                                    Letter.header(record, DeadLetterHeaders.REASON)));
        } else {
            DecisionLog.read(record).ifPresent(entry -> index.decided(entry.id(), entry.about()));
        }
    }

    /**
     * Learns of all letters and decisions that are in Kafka by now. One thread's.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka is away
     */
    public void catchUp() {
        follower.catchUp();
        ready = true;
        Instant now = services.clock().instant();
        if (!now.isBefore(nextRetentionLook)) {
            follower.beginnings()
                    .forEach((partition, first) -> {
                        if (partition.topic().equals(services.topics().letters())) {
                            index.expired(partition.partition(), first);
                        }
                    });
            nextRetentionLook = now.plus(RETENTION_LOOK);
        }
    }

    /** How many are open, as far as it is known. */
    public int open() {
        return index.size();
    }

    @Override
    public Map<String, Long> reasons(String topic) {
        return index.reasons(topic);
    }

    @Override
    public long discarded(String topic) {
        return index.discarded(topic);
    }

    /**
     * Open letters in the order of their IDs, beginning after one; at most {@code limit}.
     *
     * @throws UnderstudyException retryable, until all of them are known
     */
    public List<LetterId> ids(Selection selection, Optional<LetterId> after, int limit) {
        requireReady();
        return index.page(selection, after, limit);
    }

    /**
     * These letters, without those that are no longer in their topic.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka is away
     */
    public List<Letter> whole(List<LetterId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<LetterId, ConsumerRecord<byte[], byte[]>> records = reader.read(ids);
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(records.get(id)).stream())
                .flatMap(record -> Letter.of(record).stream())
                .toList();
    }

    /** The letter as it is in Kafka, open or not. */
    public Optional<LetterDetail> show(LetterId id) {
        requireReady();
        return Optional.ofNullable(reader.read(List.of(id)).get(id)).map(this::detail);
    }

    private LetterDetail detail(ConsumerRecord<byte[], byte[]> record) {
        LetterId id = new LetterId(record.partition(), record.offset());
        Map<String, String> reported = new TreeMap<>();
        for (Header header : record.headers()) {
            DeadLetterHeaders.read(record.headers(), header.key())
                    .ifPresent(text -> reported.put(header.key(), text));
        }
        Map<String, String> headers = new TreeMap<>();
        for (Header header : DeadLetterHeaders.ofOrigin(record.headers())) {
            headers.put(header.key(), reported.getOrDefault(header.key(), ""));
        }
        reported.keySet().removeAll(headers.keySet());
        return new LetterDetail(
                id,
                index.decision(id),
                reported,
                headers,
                LetterBytes.of(record),
                LetterContent.of(record.value(), services.registry()));
    }

    /** What was decided about a letter, if it is not open. */
    public Optional<Decision> decision(LetterId id) {
        requireReady();
        return index.decision(id);
    }

    /** Whether a letter is open. */
    public boolean isOpen(LetterId id) {
        requireReady();
        return index.isOpen(id);
    }

    /**
     * Applies letters again; those that get through are done with.
     *
     * @return one result for each, in their order
     * @throws org.apache.kafka.common.KafkaException if Kafka is away; a letter may then have been
     *     applied and still be open, and can be redriven again
     */
    public Map<LetterId, Redrive.Result> redrive(Collection<LetterId> ids) {
        requireReady();
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<LetterId, ConsumerRecord<byte[], byte[]>> records = reader.read(ids);
        Map<LetterId, Redrive.Result> results = new LinkedHashMap<>();
        Map<LetterId, Redrive.Origin> origins = new LinkedHashMap<>();
        for (LetterId id : ids) {
            results.put(id, new Redrive.Result.Rejected("gone", "it is no longer in its topic"));
            Optional.ofNullable(records.get(id))
                    .ifPresent(record ->
                            origin(record)
                                    .ifPresentOrElse(
                                            origin -> origins.put(id, origin),
                                            () -> results.put(id, notReplicated(record))));
        }
        List<LetterId> tried = new ArrayList<>(origins.keySet());
        List<Redrive.Result> outcomes = services.redrive().apply(new ArrayList<>(origins.values()));
        for (int i = 0; i < tried.size(); i++) {
            results.put(tried.get(i), outcomes.get(i));
        }
        decide(done(results));
        return results;
    }

    private Map<LetterId, Decision> done(Map<LetterId, Redrive.Result> results) {
        Map<LetterId, Decision> done = new LinkedHashMap<>();
        results.forEach((id, result) -> {
            if (result instanceof Redrive.Result.Done(String outcome)) {
                done.put(id, decision(Decision.Kind.REDRIVEN, outcome));
            }
        });
        return done;
    }

    /**
     * Gives letters up.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka is away
     */
    public void discard(Collection<LetterId> ids) {
        requireReady();
        decide(
                ids.stream()
                        .collect(
                                Collectors.toMap(
                                        id -> id, _ -> decision(Decision.Kind.DISCARDED, ""))));
    }

    private void decide(Map<LetterId, Decision> decisions) {
        Map<LetterId, DecisionLog.About> about = new LinkedHashMap<>();
        decisions.forEach((id, decision) ->
                about.put(
                        id,
                        new DecisionLog.About(
                                decision, index.origin(id).map(Letter.Origin::text))));
        log.record(about);
        about.forEach(index::decided);
    }

    private Decision decision(Decision.Kind kind, String outcome) {
        return new Decision(kind, outcome, services.clock().instant());
    }

    /** The record as it was in its topic, if that is replicated. */
    private Optional<Redrive.Origin> origin(ConsumerRecord<byte[], byte[]> letter) {
        return Letter.origin(letter)
                .flatMap(origin ->
                        services.catalog()
                                .byTopic(origin.topic())
                                .map(entry -> origin(entry, origin, letter)));
    }

    private static Redrive.Origin origin(
            CatalogEntry entry, Letter.Origin origin, ConsumerRecord<byte[], byte[]> letter) {
        return new Redrive.Origin(
                entry,
                new ConsumerRecord<>(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        letter.timestamp(),
                        TimestampType.CREATE_TIME,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        letter.key(),
                        letter.value(),
                        DeadLetterHeaders.ofOrigin(letter.headers()),
                        Optional.empty()));
    }

    private static Redrive.Result notReplicated(ConsumerRecord<byte[], byte[]> record) {
        return new Redrive.Result.Rejected(
                "not-replicated",
                Letter.header(record, DeadLetterHeaders.TOPIC) + " is not in the catalog");
    }

    private void requireReady() {
        if (!ready) {
            throw new UnderstudyException(
                    Severity.RETRYABLE, "the dead letters are still being read from Kafka");
        }
    }

    @Override
    public void close() {
        follower.close();
        log.close();
        services.redrive().close();
    }
}
