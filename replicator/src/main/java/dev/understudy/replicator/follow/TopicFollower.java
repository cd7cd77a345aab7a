package dev.understudy.replicator.follow;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from their beginning to their end, and then what has come since; committed records
 * only. A topic that does not exist is read when it does. Thread-safe.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, Object> configuration;
    private final Collection<String> topics;
    private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param client what a consumer is configured with
     * @param reader takes each record; if it throws, the record comes again the next time
     */
    public TopicFollower(
            Map<String, Object> client,
            Collection<String> topics,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        this.configuration = new HashMap<>(client);
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.topics = List.copyOf(topics);
        this.reader = reader;
    }

    /**
     * Returns when all that was committed at the time of the call has been read.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka is away
     */
    public synchronized void catchUp() {
        if (consumer == null) {
            consumer =
                    new KafkaConsumer<>(
                            configuration,
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer());
        }
        catchUp(consumer);
    }

    private void catchUp(KafkaConsumer<byte[], byte[]> open) {
        assign(open);
        Map<TopicPartition, Long> ends = open.endOffsets(open.assignment());
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> isBefore(open, end))) {
            ConsumerRecords<byte[], byte[]> records = open.poll(POLL);
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + TIMEOUT.toNanos();
                read(open, records);
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("no more records of " + topics + " come");
            }
        }
    }

    private static boolean isBefore(
            KafkaConsumer<byte[], byte[]> open, Map.Entry<TopicPartition, Long> end) {
        return end.getValue() > 0 && open.position(end.getKey()) < end.getValue();
    }

    /**
     * The first offset that there is, of each partition that is followed; before it, retention has
     * removed what there was.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka is away
     */
    public synchronized Map<TopicPartition, Long> beginnings() {
        return consumer == null ? Map.of() : consumer.beginningOffsets(consumer.assignment());
    }

    private void assign(KafkaConsumer<byte[], byte[]> open) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (String topic : topics) {
            for (PartitionInfo partition : open.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        if (!partitions.equals(open.assignment())) {
            open.assign(partitions);
        }
    }

    /** Goes back to the first record that was not taken, in every partition. */
    private void read(KafkaConsumer<byte[], byte[]> open, ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, Long> left = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            left.put(partition, records.records(partition).getFirst().offset());
        }
        try {
            for (TopicPartition partition : records.partitions()) {
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    reader.accept(record);
                    left.put(partition, record.offset() + 1);
                }
                left.remove(partition);
            }
        } catch (RuntimeException e) {
            left.forEach(open::seek);
            throw e;
        }
    }

    /** Waits for {@link #catchUp}, if it runs. */
    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }
}
