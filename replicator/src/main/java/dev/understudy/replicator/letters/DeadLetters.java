package dev.understudy.replicator.letters;

import dev.understudy.replicator.apply.DeadLetterHeaders;
import dev.understudy.replicator.apply.Redrive;
import dev.understudy.replicator.completeness.Completeness;
import dev.understudy.replicator.follow.TopicFollower;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.model.Catalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * A target's dead letters, whichever replicator wrote them. A letter is open until it was redriven
 * with success, or discarded, which is remembered in Kafka. Thread-safe, apart from {@link
 * #catchUp}.
 */
public final class DeadLetters implements Completeness.Letters, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Services services;
    private final LetterReader reader;
    private final DecisionLog log;
    private final TopicFollower follower;
    private final LetterIndex index = new LetterIndex();
    private final Retention retention;
    private final Redriven redriven;
    private volatile boolean ready;

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
            Surroundings surroundings) {}

    /** Where to count, and what time it is. */
    public record Surroundings(MeterRegistry meters, Clock clock) {}

    public DeadLetters(Services services) {
        LetterTopics topics = services.topics();
        this.services = services;
        this.reader = new LetterReader(topics);
        this.log = new DecisionLog(topics.decisions(), services.producers(), TIMEOUT);
        Surroundings surroundings = services.surroundings();
        this.retention =
                new Retention(
                        index, services.catalog(), surroundings.meters(), surroundings.clock());
        this.redriven = new Redriven(reader, services.catalog(), services.redrive());
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
        retention.look(this::firsts);
    }

    private Map<TopicPartition, Long> firsts() {
        Map<TopicPartition, Long> firsts = new HashMap<>(follower.beginnings());
        firsts.keySet()
                .removeIf(partition -> !partition.topic().equals(services.topics().letters()));
        return firsts;
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
        return Optional.ofNullable(reader.read(List.of(id)).get(id))
                .map(record -> LetterDetail.of(record, index.decision(id), services.registry()));
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
        Map<LetterId, Redrive.Result> results = redriven.results(ids);
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
        return new Decision(kind, outcome, services.surroundings().clock().instant());
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
