package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.model.CatalogEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way: came, decoded, settled, acknowledged. Each step is taken once, so that a
 * flush that is tried again goes on where the last one failed.
 */
final class Pending {
    private final CatalogEntry entry;
    private final ConsumerRecord<byte[], byte[]> record;
    private @Nullable Decoded decoded;
    private @Nullable Settled settled;
    private boolean acknowledged;

    Pending(CatalogEntry entry, ConsumerRecord<byte[], byte[]> record) {
        this.entry = entry;
        this.record = record;
    }

    CatalogEntry entry() {
        return entry;
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    boolean isOf(TopicPartition partition) {
        return record.partition() == partition.partition()
                && record.topic().equals(partition.topic());
    }

    /** {@code topic-partition@offset}. */
    String origin() {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    @Nullable Decoded decoded() {
        return decoded;
    }

    void decoded(Decoded value) {
        decoded = value;
    }

    @Nullable Settled settled() {
        return settled;
    }

    void settled(Settled value) {
        settled = value;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    void acknowledged() {
        acknowledged = true;
    }
}
