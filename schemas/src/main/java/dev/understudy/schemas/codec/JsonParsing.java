package dev.understudy.schemas.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.schemas.model.KeyType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import org.apache.avro.Schema;

/**
 * Strict parsing: nothing is coerced, cut or rounded. Any mismatch is an {@link
 * IllegalArgumentException}.
 */
final class JsonParsing {
    private JsonParsing() {}

    static Object parse(Schema schema, FieldType type, JsonNode json) {
        return switch (type) {
            case FieldType.Text _ -> text(json);
            case FieldType.Uuid _ -> ((EntityKey.OfUuid) KeyType.UUID.parse(text(json))).value();
            case FieldType.Whole whole -> whole(json, whole.narrow());
            case FieldType.Real real -> real(json, real.narrow());
            case FieldType.Bool _ -> {
                require(json.isBoolean());
                yield json.booleanValue();
            }
            case FieldType.Decimal decimal -> decimal(json, decimal);
            case FieldType.Date _ -> LocalDate.parse(text(json));
            case FieldType.Time time -> {
                LocalTime value = LocalTime.parse(text(json));
                require(value.toNanoOfDay() % (time.micros() ? 1000 : 1_000_000) == 0);
                yield value;
            }
            case FieldType.Timestamp timestamp ->
                    JsonValues.exactly(
                            OffsetDateTime.parse(text(json)).toInstant(), timestamp.micros());
            case FieldType.LocalTimestamp local -> {
                LocalDateTime value = LocalDateTime.parse(text(json));
                JsonValues.exactly(value.toInstant(ZoneOffset.UTC), local.micros());
                yield value;
            }
            case FieldType.Symbol symbol -> {
                require(symbol.symbols().contains(text(json)));
                yield text(json);
            }
            case FieldType.Bytes _ -> bytes(schema, json);
            case FieldType.Document _ -> Documents.checked(schema, json);
        };
    }

    static String describe(Schema schema, FieldType type) {
        return switch (type) {
            case FieldType.Text _ -> "a string without NUL";
            case FieldType.Uuid _ -> "a UUID";
            case FieldType.Whole whole -> whole.narrow() ? "a 32-bit integer" : "a 64-bit integer";
            case FieldType.Real _ -> "a number";
            case FieldType.Bool _ -> "true or false";
            case FieldType.Decimal d ->
                    "a number of at most %d digits, %d of them decimals"
                            .formatted(d.precision(), d.scale());
            case FieldType.Date _ -> "a date such as 2026-11-21";
            case FieldType.Time _ -> "a time such as 13:45:00";
            case FieldType.Timestamp t ->
                    "a timestamp such as 2026-11-21T13:45:00Z, to the " + unit(t.micros());
            case FieldType.LocalTimestamp t ->
                    "a local timestamp such as 2026-11-21T13:45:00, to the " + unit(t.micros());
            case FieldType.Symbol symbol -> "one of " + symbol.symbols();
            case FieldType.Bytes _ -> "base64";
            case FieldType.Document _ -> "JSON of the shape " + schema.getType().getName();
        };
    }

    private static String unit(boolean micros) {
        return micros ? "microsecond" : "millisecond";
    }

    private static String text(JsonNode json) {
        require(json.isTextual() && json.textValue().indexOf('\0') < 0);
        return json.textValue();
    }

    private static Long whole(JsonNode json, boolean narrow) {
        require(
                json.isIntegralNumber()
                        && (narrow ? json.canConvertToInt() : json.canConvertToLong()));
        return json.longValue();
    }

    private static Double real(JsonNode json, boolean narrow) {
        require(json.isNumber());
        double value = narrow ? (double) json.floatValue() : json.doubleValue();
        require(Double.isFinite(value));
        return value;
    }

    private static BigDecimal decimal(JsonNode json, FieldType.Decimal type) {
        require(json.isNumber());
        BigDecimal value = json.decimalValue();
        // An exponent of millions would otherwise be spelt out in digits.
        require(Math.abs((long) value.scale()) <= 1000);
        BigDecimal scaled = value.setScale(type.scale());
        require(scaled.precision() <= type.precision());
        return scaled;
    }

    private static ByteBuffer bytes(Schema schema, JsonNode json) {
        byte[] bytes = Base64.getDecoder().decode(text(json));
        require(schema.getType() != Schema.Type.FIXED || bytes.length == schema.getFixedSize());
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not of the type");
        }
    }
}
