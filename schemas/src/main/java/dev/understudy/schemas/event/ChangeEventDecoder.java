package dev.understudy.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.codec.ContentReader;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Kafka records as change events of configured types. One per thread. */
public final class ChangeEventDecoder implements AutoCloseable {
    private final WrittenSchemas schemas;
    private final CharsetDecoder keys = UTF_8.newDecoder();

    /**
     * @param configuration of Confluent's deserializer, at least {@code schema.registry.url}; waits
     *     3 s to connect and 5 s for an answer if it does not say otherwise
     */
    public ChangeEventDecoder(Map<String, ?> configuration) {
        schemas = new WrittenSchemas(configuration);
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
            content = content(entry, value);
        } catch (UnknownSchemaException e) {
            return new Decoded.Poison(
                    PoisonReason.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()), e);
        } catch (AvroTypeException e) {
            return new Decoded.Poison(
                    PoisonReason.SCHEMA,
                    "%s cannot be read as configured: %s".formatted(entry.type(), e.getMessage()),
                    e);
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
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

    private EntityContent content(CatalogEntry entry, byte[] value) throws IOException {
        if (!WireFormat.isSpoken(value)) {
            throw new IOException("not in Confluent's wire format");
        }
        ContentReader reader = schemas.reader(entry, WireFormat.schemaId(value));
        return reader.read(value, WireFormat.HEAD_BYTES);
    }

    private EntityKey key(CatalogEntry entry, byte @Nullable [] key)
            throws CharacterCodingException {
        if (key == null) {
            throw new IllegalArgumentException("missing");
        }
        String text = keys.decode(ByteBuffer.wrap(key)).toString();
        EntityKey entityKey = entry.type().keyType().parse(text);
        // Another spelling would be another key to Kafka: to its partitions and to compaction.
        if (!entityKey.text().equals(text)) {
            throw new IllegalArgumentException("'" + text + "' is spelt " + entityKey.text());
        }
        return entityKey;
    }

    @Override
    public void close() {
        schemas.close();
    }
}
