package dev.understudy.instance.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.topic.TopicNames;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Heartbeats as records of the owner's control topic, all under its name as their key. */
final class HeartbeatRecords implements AutoCloseable {
    static final Schema SCHEMA = schema();

    private final String owner;
    private final KafkaAvroSerializer serializer;

    /**
     * @param configuration of Confluent's serializer
     */
    HeartbeatRecords(String owner, SchemaRegistryClient client, Map<String, ?> configuration) {
        this.owner = owner;
        serializer = new KafkaAvroSerializer(client);
        Map<String, Object> withDefaults = new HashMap<>(configuration);
        withDefaults.put("auto.register.schemas", true);
        serializer.configure(withDefaults, false);
    }

    /** Says that all that was committed up to a time is below these offsets. */
    ProducerRecord<byte[], byte[]> record(
            Instant time, Position position, Map<String, List<Long>> nextOffsets) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("owner", owner);
        record.put("time", ChronoUnit.MICROS.between(Instant.EPOCH, time));
        record.put("position", position.text());
        record.put("nextOffsets", nextOffsets);
        String topic = TopicNames.control(owner);
        return new ProducerRecord<>(
                topic, owner.getBytes(UTF_8), serializer.serialize(topic, record));
    }

    @Override
    public void close() {
        serializer.close();
    }

    private static Schema schema() {
        try (InputStream stream =
                HeartbeatRecords.class
                        .getClassLoader()
                        .getResourceAsStream("understudy/Heartbeat.avsc")) {
            return new Schema.Parser().parse(Objects.requireNonNull(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
