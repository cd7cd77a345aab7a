package dev.understudy.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.codec.AvroContent;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Kafka records as change events of configured types. One per thread. */
public final class ChangeEventDecoder implements AutoCloseable {
    /** Of the registry's own error codes, 40401 to 40499; a proxy's bare 404 has none of them. */
    private static final int NOT_FOUND = 404;

    /** Confluent's own are a minute each, in which a consumer leaves its group. */
    private static final Map<String, Integer> TIMEOUTS =
            Map.of("http.connect.timeout.ms", 3000, "http.read.timeout.ms", 5000);

    private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();

    /**
     * @param configuration of Confluent's deserializer, at least {@code schema.registry.url}; waits
     *     3 s to connect and 5 s for an answer if it does not say otherwise
     */
    public ChangeEventDecoder(Map<String, ?> configuration) {
        Map<String, Object> bounded = new HashMap<>(TIMEOUTS);
        bounded.putAll(configuration);
        deserializer.configure(bounded, false);
    }

    /**
     * Decodes a record of the entry's topic, reading its value by the entry's schema.
     *
     * @throws RegistryUnavailableException if the schema cannot be fetched now
     */
    public Decoded decode(
            CatalogEntry entry, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        EntityKey entityKey;
        try {
            entityKey = key(entry, key);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return new Decoded.Poison(
                    PoisonReason.KEY_MISMATCH, "the record's key: " + e.getMessage(), e);
        }
        if (value == null) {
            return new Decoded.Purged(entry.type(), entityKey);
        }
        ChangeMetadata metadata;
        try {
            metadata = ChangeEventHeaders.read(entry.type(), headers);
        } catch (MalformedHeadersException e) {
            return new Decoded.Poison(PoisonReason.HEADERS, String.valueOf(e.getMessage()), e);
        }
        if (!metadata.owner().equals(entry.owner())) {
            return new Decoded.Poison(
                    PoisonReason.NOT_OWNER,
                    "%s is owned by %s, not %s"
                            .formatted(entry.type(), entry.owner(), metadata.owner()),
                    null);
        }
        return change(entry, entityKey, value, metadata);
    }

    private Decoded change(
            CatalogEntry entry, EntityKey key, byte[] value, ChangeMetadata metadata) {
        EntityContent content;
        try {
            Object decoded = deserializer.deserialize(entry.topic(), value, entry.type().schema());
            content = AvroContent.ofRecord(entry.type(), (GenericRecord) decoded);
        } catch (SerializationException e) {
            return poison(entry, e);
        } catch (KafkaException e) {
            // A time-out, a disconnection, a throttle or a refusal of the registry's.
            throw new RegistryUnavailableException("the registry fails: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            return new Decoded.Poison(PoisonReason.UNDECODABLE, "the value: " + e.getMessage(), e);
        }
        EntityKey valueKey;
        try {
            valueKey = content.key();
        } catch (IllegalArgumentException e) {
            return new Decoded.Poison(
                    PoisonReason.KEY_MISMATCH, "the value's key: " + e.getMessage(), e);
        }
        if (!valueKey.equals(key)) {
            return new Decoded.Poison(
                    PoisonReason.KEY_MISMATCH,
                    "the record's key is %s, its value's %s".formatted(key.text(), valueKey.text()),
                    null);
        }
        return new Decoded.Change(new ChangeEvent(key, content, metadata));
    }

    private static Decoded poison(CatalogEntry entry, SerializationException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientException rest) {
                // A 404 without the code is not the registry's own, but of what is in front of it.
                if (rest.getErrorCode() / 100 == NOT_FOUND) {
                    return new Decoded.Poison(
                            PoisonReason.UNKNOWN_SCHEMA, String.valueOf(rest.getMessage()), e);
                }
                throw new RegistryUnavailableException(
                        "the registry answers " + rest.getStatus(), e);
            }
            if (cause instanceof AvroTypeException) {
                return new Decoded.Poison(
                        PoisonReason.SCHEMA,
                        "%s cannot be read as configured: %s"
                                .formatted(entry.type(), cause.getMessage()),
                        e);
            }
        }
        if (e.getCause() instanceof IOException
                && !(e.getCause() instanceof java.io.EOFException)) {
            throw new RegistryUnavailableException("the registry does not answer", e);
        }
        return new Decoded.Poison(PoisonReason.UNDECODABLE, "the value: " + e.getMessage(), e);
    }

    private static EntityKey key(CatalogEntry entry, byte @Nullable [] key)
            throws CharacterCodingException {
        if (key == null) {
            throw new IllegalArgumentException("missing");
        }
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
        EntityKey entityKey = entry.type().keyType().parse(text);
        // Another spelling would be another key to Kafka: to its partitions and to compaction.
        if (!entityKey.text().equals(text)) {
            throw new IllegalArgumentException("'" + text + "' is spelt " + entityKey.text());
        }
        return entityKey;
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
