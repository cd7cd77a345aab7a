package dev.understudy.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.topic.TopicNames;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Heartbeats of the owner {@code us}, as its publisher writes them. */
final class Heartbeats implements AutoCloseable {
    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    private final Schema schema;

    Heartbeats(String registryUrl) throws IOException {
        serializer.configure(
                Map.of("schema.registry.url", registryUrl, "auto.register.schemas", true), false);
        try (InputStream stream =
                Heartbeats.class.getResourceAsStream("/understudy/Heartbeat.avsc")) {
            schema = new Schema.Parser().parse(Objects.requireNonNull(stream));
        }
    }

    ProducerRecord<byte[], byte[]> record(Instant time, Map<String, List<Long>> nextOffsets) {
        GenericRecord beat =
                new GenericRecordBuilder(schema)
                        .set("owner", "us")
                        .set("time", ChronoUnit.MICROS.between(Instant.EPOCH, time))
                        .set("position", "1:0/1")
                        .set("nextOffsets", nextOffsets)
                        .build();
        String topic = TopicNames.control("us");
        return new ProducerRecord<>(topic, "us".getBytes(UTF_8), serializer.serialize(topic, beat));
    }

    @Override
    public void close() {
        serializer.close();
    }
}
