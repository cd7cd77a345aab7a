package dev.understudy.replicator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.RegistryUnavailableException;
import dev.understudy.schemas.event.WireFormat;
import dev.understudy.schemas.topic.TopicNames;
import dev.understudy.store.Outcome;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Receipts as records of their topic. There is one for every event, so they are written field by
 * field, as their schema has them. Thread-safe.
 */
final class Receipts implements AutoCloseable {
    static final Schema SCHEMA = schema();

    private static final List<String> SYMBOLS =
            SCHEMA.getField("outcome").schema().getEnumSymbols();
    private static final int BYTES = 192;

    private final String target;
    private final String topic;
    private final SchemaRegistryClient registry;
    private volatile byte @Nullable [] head;

    /**
     * @param registry configuration of Confluent's client
     */
    Receipts(String target, Map<String, ?> registry) {
        this.target = target;
        this.topic = TopicNames.receipts(target);
        this.registry =
                SchemaRegistryClientFactory.newClient(
                        List.of(String.valueOf(registry.get("schema.registry.url")).split(",", -1)),
                        1,
                        List.of(),
                        registry,
                        Map.of());
    }

    /**
     * Registers the schema, so that no receipt needs the registry.
     *
     * @throws RegistryUnavailableException if it is away or does not want it
     */
    byte[] register() {
        byte[] known = head;
        if (known == null) {
            try {
                known =
                        WireFormat.head(
                                registry.register(topic + "-value", new AvroSchema(SCHEMA)));
            } catch (IOException | RestClientException e) {
                throw new RegistryUnavailableException("the receipts' schema: " + e, e);
            }
            head = known;
        }
        return known;
    }

    /**
     * The receipt of an event that the store has seen.
     *
     * @throws RegistryUnavailableException if the schema is not registered, nor can be
     */
    ProducerRecord<byte[], byte[]> of(Pending pending, Settled.Applied applied) {
        ChangeEvent event = applied.event();
        String key = event.key().text();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES);
        bytes.writeBytes(register());
        try {
            BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
            out.writeString(target);
            out.writeString(event.type().fullName());
            out.writeString(key);
            out.writeLong(event.version().number());
            out.writeEnum(SYMBOLS.indexOf(symbol(applied.outcome())));
            if (applied.outcome() instanceof Outcome.Hydrated(Duration waited)) {
                out.writeIndex(1);
                out.writeLong(waited.toMillis());
            } else {
                out.writeIndex(0);
            }
            out.writeLong(Duration.between(event.metadata().time(), applied.at()).toMillis());
            out.writeString(pending.origin());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), bytes.toByteArray());
    }

    private static String symbol(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _ -> "APPLIED";
            case Outcome.Hydrated _ -> "HYDRATED";
            case Outcome.Deleted _ -> "DELETED";
            case Outcome.Stale _ -> "STALE";
            case Outcome.Outside _ -> "OUTSIDE";
            case Outcome.Refused _ ->
                    throw new IllegalArgumentException("a refused event has no receipt");
        };
    }

    private static Schema schema() {
        try (InputStream stream = Receipts.class.getResourceAsStream("/understudy/Receipt.avsc")) {
            return new Schema.Parser().parse(Objects.requireNonNull(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            registry.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
