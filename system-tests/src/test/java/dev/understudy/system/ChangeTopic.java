package dev.understudy.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is on a topic of change events, by headers alone. */
final class ChangeTopic {
    /** One committed record. */
    record Event(
            TopicPartition partition, long offset, String key, long version, boolean deletion) {}

    private ChangeTopic() {}

    /** All committed records, in the order of their offsets within each partition. */
    static List<Event> read(String bootstrapServers, String topic) {
        Map<String, Object> configuration =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Event> events = new ArrayList<>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> events.add(event(record)));
            }
            return events;
        }
    }

    /** How many committed records a topic has. */
    static long size(String bootstrapServers, String topic) {
        return read(bootstrapServers, topic).size();
    }

    /** The version of each key's last record. */
    static Map<String, Long> last(List<Event> events) {
        Map<String, Long> versions = new HashMap<>();
        events.forEach(event -> versions.put(event.key(), event.version()));
        return versions;
    }

    /** The highest version of each key. */
    static Map<String, Long> highest(List<Event> events) {
        Map<String, Long> versions = new HashMap<>();
        events.forEach(event -> versions.merge(event.key(), event.version(), Math::max));
        return versions;
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) {
        return new Event(
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                new String(record.key(), UTF_8),
                Long.parseLong(header(record, "ce_sequence")),
                header(record, "ce_type").endsWith(".deleted"));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
