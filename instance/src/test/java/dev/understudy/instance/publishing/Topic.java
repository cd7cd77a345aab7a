package dev.understudy.instance.publishing;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All committed records of a topic, read anew each time. */
record Topic(Servers servers, CatalogEntry entry) {
    /** A change event and where it was found. */
    record Found(ChangeEvent event, int partition, long offset) {}

    /** In the order of partitions and offsets. */
    List<Found> events() {
        try (ChangeEventDecoder decoder =
                new ChangeEventDecoder(Map.of("schema.registry.url", servers.registry().url()))) {
            List<Found> events = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : records(servers, entry.topic())) {
                Decoded decoded =
                        decoder.decode(entry, record.key(), record.value(), record.headers());
                if (!(decoded instanceof Decoded.Change(ChangeEvent event))) {
                    throw new AssertionError("no change event: " + decoded);
                }
                events.add(new Found(event, record.partition(), record.offset()));
            }
            return events;
        }
    }

    /** The version that compaction keeps of each key. */
    Map<EntityKey, Version> last() {
        Map<EntityKey, Version> last = new HashMap<>();
        events().forEach(found -> last.put(found.event().key(), found.event().version()));
        return last;
    }

    /** Up to the ends that the topic has when this is called. */
    static List<ConsumerRecord<byte[], byte[]>> records(Servers servers, String topic) {
        Map<String, Object> configuration =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers.kafka().bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                        ByteArrayDeserializer.class,
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                        ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(configuration)) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .sorted(Comparator.comparingInt(TopicPartition::partition))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
