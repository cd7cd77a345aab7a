package dev.understudy.system.simulation;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A consumer group: who has which partition number of all topics, and what is committed. */
public final class SimulatedGroup {
    private final SimulatedKafka kafka;
    private final Committed observer;
    private final Map<Integer, Object> members = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    /** Told of each offset that is committed. */
    @FunctionalInterface
    interface Committed {
        void committed(SimulatedPartition partition, long from, long to);
    }

    SimulatedGroup(SimulatedKafka kafka, Committed observer) {
        this.kafka = kafka;
        this.observer = observer;
    }

    public boolean isOf(int partition, Object member) {
        return member.equals(members.get(partition));
    }

    void assign(int partition, @Nullable Object member) {
        if (member == null) {
            members.remove(partition);
        } else {
            members.put(partition, member);
        }
    }

    boolean isFree(int partition) {
        return !members.containsKey(partition);
    }

    /** Where a member begins. */
    public long committed(TopicPartition partition) {
        return committed.getOrDefault(partition, 0L);
    }

    /** Refuses whoever does not have one of the partitions any more. */
    public void commit(Object member, Map<TopicPartition, OffsetAndMetadata> offsets) {
        World world = kafka.world();
        if (kafka.isAway() || world.bad(60)) {
            throw new TimeoutException("Kafka is away");
        }
        for (TopicPartition partition : offsets.keySet()) {
            if (!isOf(partition.partition(), member)) {
                world.note(Happening.COMMIT_REJECTED);
                throw new CommitFailedException();
            }
        }
        offsets.forEach((partition, offset) -> {
            long before = committed(partition);
            committed.put(partition, offset.offset());
            observer.committed(kafka.partition(partition), before, offset.offset());
        });
    }

    /** Somebody sets all offsets back to the start. */
    void reset() {
        committed.clear();
    }
}
