package dev.understudy.replicator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.ChangeEventEncoder;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A flusher on fakes, and eyes for what it sends. */
public final class Bench implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:06Z");

    public final FakeStore store = new FakeStore();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final ChangeEventEncoder encoder = new ChangeEventEncoder(Events.mockRegistry());
    public final Flusher.Services services;
    public MockProducer<byte[], byte[]> producer = newProducer();

    public Bench() {
        Outbox outbox =
                new Outbox(
                        this::usable,
                        new Reports("europe", Events.mockRegistry()),
                        Duration.ofMillis(200));
        services =
                new Flusher.Services(
                        store,
                        WriterSchemas.ALL_READABLE,
                        outbox,
                        new FlushMetrics(meters),
                        Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public Flusher flusher() {
        return flusher(Events.mockRegistry());
    }

    Flusher flusher(Map<String, ?> registry) {
        return new Flusher(new ChangeEventDecoder(registry), services, 100);
    }

    /** The receipts sent, as {@code key outcome waitedMs}. */
    List<String> receipts() {
        try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
            deserializer.configure(Events.mockRegistry(), false);
            return sent("europe.understudy.receipts").stream()
                    .map(record ->
                            (GenericRecord)
                                    deserializer.deserialize(record.topic(), record.value()))
                    .map(receipt ->
                            receipt.get("origin")
                                    + " "
                                    + receipt.get("outcome")
                                    + " "
                                    + receipt.get("waitedMs"))
                    .toList();
        }
    }

    List<ProducerRecord<byte[], byte[]>> deadLetters() {
        return sent("europe.understudy.dead-letters");
    }

    static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private List<ProducerRecord<byte[], byte[]>> sent(String topic) {
        return producer.history().stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private MockProducer<byte[], byte[]> usable() {
        if (producer.closed()) {
            producer = newProducer();
        }
        return producer;
    }

    private static MockProducer<byte[], byte[]> newProducer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        encoder.close();
    }
}
