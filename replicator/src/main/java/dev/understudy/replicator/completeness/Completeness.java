package dev.understudy.replicator.completeness;

import dev.understudy.replicator.follow.TopicFollower;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.topic.TopicNames;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to which time each replicated type is complete, from its owner's heartbeats and the offsets
 * that the whole group has committed, which follow the database (ADR 0005). Thread-safe, apart from
 * {@link #readHeartbeats}.
 */
public final class Completeness implements AutoCloseable {
    private final Map<String, CatalogEntry> types = new HashMap<>();
    private final Map<String, AsOf> asOf = new HashMap<>();
    private final Map<String, Instant> lastHeartbeats = new HashMap<>();
    private final Letters letters;
    private final HeartbeatReader reader;
    private final TopicFollower follower;

    /** What is known of the dead letters of a topic. */
    public interface Letters {
        /** How many of its records are open dead letters, by reason. */
        Map<String, Long> reasons(String topic);

        /** How many of its records were given up. */
        long discarded(String topic);
    }

    /**
     * @param client what a consumer of the control topics is configured with
     * @param registry configuration of Confluent's deserializer
     */
    public Completeness(
            Collection<CatalogEntry> replicated,
            Map<String, Object> client,
            Map<String, ?> registry,
            Letters letters) {
        for (CatalogEntry entry : replicated) {
            types.put(entry.topic(), entry);
            asOf.put(entry.topic(), new AsOf());
        }
        this.letters = letters;
        this.reader = new HeartbeatReader(registry);
        this.follower =
                new TopicFollower(
                        client,
                        replicated.stream()
                                .map(entry -> TopicNames.control(entry.owner()))
                                .distinct()
                                .toList(),
                        this::read);
    }

    /**
     * Learns of the heartbeats that are in Kafka by now. One thread's.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka, or the registry, is away
     */
    public void readHeartbeats() {
        follower.catchUp();
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        reader.read(record).ifPresent(beat -> heard(record.topic(), beat));
    }

    /** An owner speaks for what it owns. */
    private synchronized void heard(String control, HeartbeatReader.Beat beat) {
        types.forEach((topic, entry) -> {
            Map<TopicPartition, Long> offsets = beat.offsets().get(topic);
            if (offsets != null && TopicNames.control(entry.owner()).equals(control)) {
                asOf.getOrDefault(topic, new AsOf()).expect(beat.time(), offsets);
                lastHeartbeats.put(topic, beat.time());
            }
        });
    }

    /**
     * Takes note of how far the group has come. All dead letters from below these offsets must be
     * known already.
     */
    public synchronized void committed(Map<TopicPartition, Long> offsets) {
        asOf.values().forEach(one -> one.reached(offsets));
    }

    /** Of each replicated type, by name. */
    public List<TypeCompleteness> types() {
        return types.keySet().stream().sorted().map(this::of).toList();
    }

    /** Of the type with this topic. */
    public synchronized TypeCompleteness of(String topic) {
        CatalogEntry entry = types.get(topic);
        AsOf known = asOf.get(topic);
        if (entry == null || known == null) {
            throw new IllegalArgumentException(topic + " is not replicated");
        }
        return new TypeCompleteness(
                entry.type().fullName(),
                entry.owner(),
                known.time(),
                Optional.ofNullable(lastHeartbeats.get(topic)),
                letters.reasons(topic),
                letters.discarded(topic));
    }

    @Override
    public void close() {
        follower.close();
        reader.close();
    }
}
