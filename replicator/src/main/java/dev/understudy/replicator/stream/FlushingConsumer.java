package dev.understudy.replicator.stream;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A stream thread's main consumer, whose commits go through the {@link CommitGate}. Streams 4.3
 * commits only by {@link #commitSync(Map)}; the other ways are closed or gated alike.
 */
final class FlushingConsumer extends KafkaConsumer<byte[], byte[]> {
    private final CommitGate gate;
    private final Backlog backlog;

    FlushingConsumer(Map<String, Object> configuration, CommitGate gate, Backlog backlog) {
        super(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.gate = gate;
        this.backlog = backlog;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
        for (TopicPartition partition : records.partitions()) {
            backlog.polled(partition.partition(), records.records(partition).size());
        }
        return records;
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        gate.commit(offsets, this::known, super::commitSync);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        gate.commit(offsets, this::known, passed -> super.commitSync(passed, timeout));
    }

    @Override
    public void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable OffsetCommitCallback callback) {
        super.commitAsync(gate.pass(offsets, this::known), callback);
    }

    @Override
    public void commitSync() {
        throw noOffsets();
    }

    @Override
    public void commitSync(Duration timeout) {
        throw noOffsets();
    }

    @Override
    public void commitAsync() {
        throw noOffsets();
    }

    @Override
    public void commitAsync(@Nullable OffsetCommitCallback callback) {
        throw noOffsets();
    }

    private OptionalLong known(TopicPartition partition) {
        if (!assignment().contains(partition)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(position(partition, Duration.ZERO));
        } catch (TimeoutException _) {
            return OptionalLong.empty();
        }
    }

    private static UnsupportedOperationException noOffsets() {
        return new UnsupportedOperationException("a commit names its offsets");
    }
}
