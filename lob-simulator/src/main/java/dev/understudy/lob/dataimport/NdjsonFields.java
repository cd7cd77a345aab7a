package dev.understudy.lob.dataimport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** NDJSON rows: the object is sent as it is, but for its key, which goes into the URL. */
final class NdjsonFields implements RowParser.Fields {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final Shape shape;

    NdjsonFields(Shape shape) {
        this.shape = shape;
    }

    @Override
    public Parsed.Entity read(String text) throws BadRow {
        JsonNode json = json(text);
        if (!(json instanceof ObjectNode fields)) {
            throw new BadRow("InvalidJson", "the row is not a JSON object");
        }
        requireNoNul(fields);
        String key = KeyLiteral.of(shape.key(), fields.remove(shape.key().name()));
        return new Parsed.Entity(key, fields);
    }

    private static JsonNode json(String text) throws BadRow {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            int column =
                    malformed.getLocation() == null ? 0 : malformed.getLocation().getColumnNr();
            throw new BadRow(
                    "InvalidJson",
                    "%s (column %d)".formatted(malformed.getOriginalMessage(), column));
        }
    }

    /** The escape of NUL is valid JSON, but no database takes it. */
    private static void requireNoNul(ObjectNode fields) throws BadRow {
        for (var field : fields.properties()) {
            if (field.getKey().indexOf('\0') >= 0
                    || (field.getValue().isTextual()
                            && field.getValue().textValue().indexOf('\0') >= 0)) {
                throw new BadRow(
                        "NulCharacter", field.getKey().replace('\0', '?') + " holds a NUL");
            }
        }
    }
}
