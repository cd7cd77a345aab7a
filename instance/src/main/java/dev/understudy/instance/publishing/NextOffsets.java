package dev.understudy.instance.publishing;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** For each partition the offset after the last acknowledged change. Thread-safe. */
final class NextOffsets {
    private final Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();

    /**
     * Starts where the topics end.
     *
     * @param ends the ends of all partitions while nobody produces
     */
    NextOffsets(Map<TopicPartition, Long> ends) {
        offsets.putAll(ends);
    }

    /** A change was acknowledged at this offset. */
    void acknowledged(TopicPartition partition, long offset) {
        offsets.merge(partition, offset + 1, Math::max);
    }

    /** By topic, then by partition. */
    Map<String, List<Long>> byTopic() {
        Map<String, TreeMap<Integer, Long>> sorted = new HashMap<>();
        offsets.forEach((partition, offset) ->
                sorted.computeIfAbsent(partition.topic(), _ -> new TreeMap<>())
                        .put(partition.partition(), offset));
        Map<String, List<Long>> byTopic = new HashMap<>();
        sorted.forEach((topic, byPartition) -> byTopic.put(topic, list(byPartition.values())));
        return byTopic;
    }

    private static List<Long> list(Collection<Long> values) {
        return List.copyOf(values);
    }
}
