package dev.understudy.instance.publishing;

import dev.understudy.schemas.topic.TopicNames;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/** What an owner's control topic says. */
record Heartbeats(Owner owner) {
    List<GenericRecord> all() {
        try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
            deserializer.configure(
                    Map.of("schema.registry.url", owner.servers.registry().url()), false);
            String topic = TopicNames.control(owner.name);
            return Topic.records(owner.servers, topic).stream()
                    .map(record -> (GenericRecord) deserializer.deserialize(topic, record.value()))
                    .toList();
        }
    }

    void awaitAfter(Instant time) throws Exception {
        Deadline.await(
                "a heartbeat comes",
                () -> {
                    List<GenericRecord> heartbeats = all();
                    return !heartbeats.isEmpty() && time(heartbeats.getLast()).isAfter(time);
                });
    }

    static Instant time(GenericRecord heartbeat) {
        return Instant.EPOCH.plus((Long) heartbeat.get("time"), ChronoUnit.MICROS);
    }
}
