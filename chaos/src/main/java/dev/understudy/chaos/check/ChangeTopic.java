package dev.understudy.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what is on a topic of change events, by headers alone. */
public final class ChangeTopic {
    /** One committed record. */
    public record Event(
            TopicPartition partition, long offset, String key, long version, boolean deletion) {
        /** Where it is: {@code topic-partition@offset}. */
        public String place() {
            return partition + "@" + offset;
        }
    }

    private ChangeTopic() {}

    /** All committed records, in the order of their offsets within each partition. */
    public static List<Event> read(String bootstrapServers, String topic) {
        return Topic.read(bootstrapServers, topic).stream().map(ChangeTopic::event).toList();
    }

    /** The version of each key's last record. */
    public static Map<String, Long> last(List<Event> events) {
        Map<String, Long> versions = new HashMap<>();
        events.forEach(event -> versions.put(event.key(), event.version()));
        return versions;
    }

    /** The highest version of each key. */
    public static Map<String, Long> highest(List<Event> events) {
        Map<String, Long> versions = new HashMap<>();
        events.forEach(event -> versions.merge(event.key(), event.version(), Math::max));
        return versions;
    }

    /**
     * Keys with the first version that is not there when a later one comes: an event was lost, or
     * overtaken. Only of a topic that nothing was compacted away of.
     */
    public static Map<String, Long> firstGaps(List<Event> events) {
        Map<String, Long> next = new HashMap<>();
        Map<String, Long> gaps = new HashMap<>();
        for (Event event : events) {
            long expected = next.getOrDefault(event.key(), 1L);
            if (event.version() > expected) {
                gaps.put(event.key(), expected);
            }
            next.put(event.key(), Math.max(expected, event.version() + 1));
        }
        return gaps;
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
