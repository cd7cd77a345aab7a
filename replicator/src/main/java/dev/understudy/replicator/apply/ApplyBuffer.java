package dev.understudy.replicator.apply;

import dev.understudy.schemas.model.CatalogEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that Kafka has handed over and that are not durable yet, with their reports, at the
 * target. One thread's.
 */
public final class ApplyBuffer {
    private final List<Pending> pending = new ArrayList<>();
    private long oldestNanos;

    /** Takes a record in, at a time by {@link System#nanoTime}. */
    public void add(CatalogEntry entry, ConsumerRecord<byte[], byte[]> record, long nanos) {
        if (pending.isEmpty()) {
            oldestNanos = nanos;
        }
        pending.add(new Pending(entry, record));
    }

    public int size() {
        return pending.size();
    }

    public boolean isEmpty() {
        return pending.isEmpty();
    }

    /** How long ago the buffer was last empty, at a time by {@link System#nanoTime}. */
    public long ageNanos(long nanos) {
        return pending.isEmpty() ? 0 : nanos - oldestNanos;
    }

    /** The lowest offset of the partition that is not durable; a commit must not pass it. */
    public OptionalLong firstPending(TopicPartition partition) {
        return pending.stream()
                .filter(one -> one.isOf(partition))
                .mapToLong(one -> one.record().offset())
                .min();
    }

    /** Forgets all; whoever gets the partitions next reads the records again. */
    public void discard() {
        pending.clear();
    }

    List<Pending> pending() {
        return Collections.unmodifiableList(pending);
    }

    /** Lets go of what is acknowledged. */
    List<Pending> release() {
        List<Pending> done = pending.stream().filter(Pending::isAcknowledged).toList();
        pending.removeIf(Pending::isAcknowledged);
        return done;
    }
}
