package dev.understudy.schemas.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.FieldType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.apache.avro.Schema;

/**
 * One value to and from JSON: numbers as numbers, date and time as ISO 8601 (timestamps in UTC),
 * bytes as base64, the rest as text or nested JSON.
 */
public final class JsonValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonValues() {}

    /** The JSON of a value of this field. */
    public static JsonNode toJson(EntityField field, Object value) {
        return toJson(field.type(), value);
    }

    /**
     * The value that this JSON, which is not null, holds for a field.
     *
     * @throws InvalidValueException if it is not of the field's type
     */
    public static Object fromJson(EntityField field, JsonNode json) {
        return fromJson(field.schema(), field.type(), json);
    }

    static JsonNode toJson(FieldType type, Object value) {
        return switch (type) {
            case FieldType.Whole _ -> NODES.numberNode((Long) value);
            case FieldType.Real _ -> NODES.numberNode((Double) value);
            case FieldType.Bool _ -> NODES.booleanNode((Boolean) value);
            case FieldType.Decimal _ -> NODES.numberNode((BigDecimal) value);
            case FieldType.Bytes _ -> NODES.textNode(base64((ByteBuffer) value));
            case FieldType.Document _ -> (JsonNode) value;
            case FieldType.Text _,
                    FieldType.Uuid _,
                    FieldType.Symbol _,
                    FieldType.Date _,
                    FieldType.Time _,
                    FieldType.Timestamp _,
                    FieldType.LocalTimestamp _ ->
                    NODES.textNode(value.toString());
        };
    }

    static Object fromJson(Schema schema, FieldType type, JsonNode json) {
        try {
            return JsonParsing.parse(schema, type, json);
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw new InvalidValueException(
                    "expected %s, not %s"
                            .formatted(JsonParsing.describe(schema, type), shortened(json)),
                    e);
        }
    }

    private static String shortened(JsonNode json) {
        String text = json.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static String base64(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Truncation would lose what the caller sent. */
    static Instant exactly(Instant instant, boolean micros) {
        ChronoUnit unit = micros ? ChronoUnit.MICROS : ChronoUnit.MILLIS;
        if (!instant.truncatedTo(unit).equals(instant)) {
            throw new IllegalArgumentException("finer than the field keeps");
        }
        return instant;
    }
}
