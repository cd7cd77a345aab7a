package dev.understudy.replicator.stream;

import dev.understudy.system.simulation.SimulatedGroup;
import dev.understudy.system.simulation.SimulatedKafka;
import dev.understudy.system.simulation.SimulatedPartition;
import dev.understudy.system.simulation.World;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/** A consumer of committed records, and the queue in which Streams keeps what it has polled. */
final class SimulatedConsumer {
    private final World world;
    private final SimulatedKafka kafka;
    private final SimulatedGroup group;
    private final Backlog backlog;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> consumed = new HashMap<>();
    private final Deque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();

    SimulatedConsumer(World world, SimulatedKafka kafka, SimulatedGroup group, Backlog backlog) {
        this.world = world;
        this.kafka = kafka;
        this.group = group;
        this.backlog = backlog;
    }

    /** Goes to what is committed of a partition number. */
    void seek(int partition) {
        polled.removeIf(record -> record.partition() == partition);
        for (SimulatedPartition log : kafka.partitions()) {
            if (log.name().partition() == partition) {
                positions.put(log.name(), group.committed(log.name()));
            }
        }
    }

    void forget(int partition) {
        polled.removeIf(record -> record.partition() == partition);
        consumed.keySet().removeIf(name -> name.partition() == partition);
        positions.keySet().removeIf(name -> name.partition() == partition);
    }

    void poll() {
        if (kafka.isAway()) {
            return;
        }
        Map<Integer, Integer> counts = new TreeMap<>();
        for (SimulatedPartition log : kafka.partitions()) {
            Long position = positions.get(log.name());
            if (position == null) {
                continue;
            }
            for (SimulatedPartition.Entry entry : log.read(position, 1 + world.below(5))) {
                polled.add(record(log.name(), entry));
                positions.put(log.name(), entry.offset() + 1);
                counts.merge(log.name().partition(), 1, Integer::sum);
            }
        }
        counts.forEach(backlog::polled);
    }

    /** The next record for a task, which is then consumed. */
    Optional<ConsumerRecord<byte[], byte[]>> next() {
        ConsumerRecord<byte[], byte[]> record = polled.poll();
        if (record != null) {
            consumed.put(
                    new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        return Optional.ofNullable(record);
    }

    /** What Streams wants to commit. */
    Map<TopicPartition, OffsetAndMetadata> consumed() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        consumed.forEach((name, offset) -> offsets.put(name, new OffsetAndMetadata(offset)));
        return offsets;
    }

    Optional<Long> position(TopicPartition name) {
        return Optional.ofNullable(positions.get(name));
    }

    Set<TopicPartition> partitions() {
        return positions.keySet();
    }

    boolean isDrained() {
        return polled.isEmpty()
                && positions.entrySet().stream()
                        .allMatch(position ->
                                kafka.partition(position.getKey())
                                        .read(position.getValue(), 1)
                                        .isEmpty());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, SimulatedPartition.Entry entry) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                entry.offset(),
                0,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                entry.record().key(),
                entry.record().value(),
                entry.record().headers(),
                Optional.empty());
    }
}
