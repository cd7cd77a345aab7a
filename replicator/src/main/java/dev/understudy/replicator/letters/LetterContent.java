package dev.understudy.replicator.letters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.understudy.schemas.codec.Documents;
import dev.understudy.schemas.event.WireFormat;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record's value, read by the schema that it was written with.
 *
 * @param schemaId the registry's ID that the bytes name
 * @param schema the full name of the schema with that ID
 * @param problem why it could not be read, or not further
 */
public record LetterContent(
        Optional<Integer> schemaId,
        Optional<String> schema,
        Optional<JsonNode> content,
        Optional<String> problem) {
    /**
     * Never throws.
     *
     * @param registry configuration of Confluent's deserializer
     */
    static LetterContent of(byte @Nullable [] value, Map<String, ?> registry) {
        if (value == null) {
            return unread(Optional.empty(), "there is no value: its owner has purged the entity");
        }
        if (!WireFormat.isSpoken(value)) {
            return unread(Optional.empty(), "not in Confluent's wire format");
        }
        Optional<Integer> id = Optional.of(WireFormat.schemaId(value));
        try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
            deserializer.configure(registry, false);
            return deserializer.deserialize("", value) instanceof GenericRecord record
                    ? new LetterContent(
                            id,
                            Optional.of(record.getSchema().getFullName()),
                            Optional.of(json(record)),
                            Optional.empty())
                    : unread(id, "not a record");
        } catch (RuntimeException e) {
            return unread(id, e.getCause() == null ? e.toString() : e + ": " + e.getCause());
        }
    }

    /** Types that no entity has are told in Avro's own way. */
    private static JsonNode json(GenericRecord record) {
        try {
            return Documents.fromAvro(record.getSchema(), record);
        } catch (RuntimeException _) {
            return TextNode.valueOf(record.toString());
        }
    }

    private static LetterContent unread(Optional<Integer> schemaId, String problem) {
        return new LetterContent(
                schemaId, Optional.empty(), Optional.empty(), Optional.of(problem));
    }
}
