package dev.understudy.replicator.letters;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fetches dead letters, whole, from where they are. Thread-safe. */
final class LetterReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    /** A gap so wide is jumped over and not read. */
    private static final long GAP = 500;

    private final LetterTopics topics;

    LetterReader(LetterTopics topics) {
        this.topics = topics;
    }

    /**
     * Those of these letters that there are.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka is away, or does not hand them over
     *     in time
     */
    Map<LetterId, ConsumerRecord<byte[], byte[]>> read(Collection<LetterId> ids) {
        SortedMap<Integer, Deque<Long>> wanted = new TreeMap<>();
        ids.stream()
                .sorted()
                .distinct()
                .forEach(id ->
                        wanted.computeIfAbsent(id.partition(), _ -> new ArrayDeque<>())
                                .add(id.offset()));
        Map<LetterId, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        topics.client(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(topics.letters()).size();
            wanted.headMap(partitions)
                    .forEach((partition, offsets) -> read(consumer, partition, offsets, found));
        }
        return found;
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            int number,
            Deque<Long> wanted,
            Map<LetterId, ConsumerRecord<byte[], byte[]>> found) {
        TopicPartition partition = new TopicPartition(topics.letters(), number);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        wanted.removeIf(offset -> offset >= end);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        long position = Long.MIN_VALUE / 2;
        while (!wanted.isEmpty() && position < end) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(partition + " does not come within " + TIMEOUT);
            }
            if (wanted.getFirst() - position > GAP) {
                consumer.seek(partition, wanted.getFirst());
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                // What retention has removed is passed by.
                while (!wanted.isEmpty() && wanted.getFirst() < record.offset()) {
                    wanted.removeFirst();
                }
                if (!wanted.isEmpty() && wanted.getFirst() == record.offset()) {
                    wanted.removeFirst();
                    found.put(new LetterId(number, record.offset()), record);
                }
            }
            position = consumer.position(partition);
        }
    }
}
