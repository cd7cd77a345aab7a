package dev.understudy.schemas.codec;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;

/** One value to and from Avro's generic, logically unconverted form. */
public final class AvroValues {
    private AvroValues() {}

    static Object toAvro(EntityField field, Object value) {
        return toAvro(field.schema(), field.type(), value);
    }

    static Object fromAvro(EntityField field, Object avro) {
        return fromAvro(field.schema(), field.type(), avro);
    }

    /** The generic Avro value of a value of this type. */
    public static Object toAvro(Schema schema, FieldType type, Object value) {
        return switch (type) {
            case FieldType.Text _, FieldType.Bool _ -> value;
            case FieldType.Uuid _ -> value.toString();
            case FieldType.Whole whole ->
                    whole.narrow() ? (Object) Math.toIntExact((Long) value) : value;
            case FieldType.Real real ->
                    real.narrow() ? (Object) ((Double) value).floatValue() : value;
            case FieldType.Decimal decimal -> decimal(schema, decimal, (BigDecimal) value);
            case FieldType.Date _ -> Math.toIntExact(((LocalDate) value).toEpochDay());
            case FieldType.Time time -> time(time, (LocalTime) value);
            case FieldType.Timestamp timestamp -> ticks(timestamp.micros(), (Instant) value);
            case FieldType.LocalTimestamp local ->
                    ticks(local.micros(), ((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            case FieldType.Symbol _ -> new GenericData.EnumSymbol(schema, value);
            case FieldType.Bytes _ -> bytes(schema, (ByteBuffer) value);
            case FieldType.Document _ ->
                    Documents.toAvro(schema, (com.fasterxml.jackson.databind.JsonNode) value);
        };
    }

    /** The value of a generic Avro value of this type. */
    public static Object fromAvro(Schema schema, FieldType type, Object avro) {
        return switch (type) {
            case FieldType.Text _, FieldType.Symbol _ -> avro.toString();
            case FieldType.Bool _ -> avro;
            case FieldType.Uuid _ -> UUID.fromString(avro.toString());
            case FieldType.Whole _ -> ((Number) avro).longValue();
            case FieldType.Real _ -> ((Number) avro).doubleValue();
            case FieldType.Decimal decimal ->
                    new BigDecimal(new BigInteger(array(buffer(avro))), decimal.scale());
            case FieldType.Date _ -> LocalDate.ofEpochDay((Integer) avro);
            case FieldType.Time time ->
                    time.micros()
                            ? LocalTime.ofNanoOfDay((Long) avro * 1000)
                            : LocalTime.ofNanoOfDay((Integer) avro * 1_000_000L);
            case FieldType.Timestamp timestamp -> instant(timestamp.micros(), (Long) avro);
            case FieldType.LocalTimestamp local ->
                    LocalDateTime.ofInstant(instant(local.micros(), (Long) avro), ZoneOffset.UTC);
            case FieldType.Bytes _ -> buffer(avro).asReadOnlyBuffer();
            case FieldType.Document _ -> Documents.fromAvro(schema, avro);
        };
    }

    private static Object decimal(Schema schema, FieldType.Decimal type, BigDecimal value) {
        byte[] unscaled = value.setScale(type.scale()).unscaledValue().toByteArray();
        if (schema.getType() == Schema.Type.BYTES) {
            return ByteBuffer.wrap(unscaled);
        }
        byte[] padded = new byte[schema.getFixedSize()];
        java.util.Arrays.fill(padded, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(unscaled, 0, padded, padded.length - unscaled.length, unscaled.length);
        return new GenericData.Fixed(schema, padded);
    }

    private static Object time(FieldType.Time type, LocalTime value) {
        long nanos = value.toNanoOfDay();
        return type.micros()
                ? (Object) (nanos / 1000)
                : (Object) Math.toIntExact(nanos / 1_000_000);
    }

    private static long ticks(boolean micros, Instant value) {
        return (micros ? ChronoUnit.MICROS : ChronoUnit.MILLIS).between(Instant.EPOCH, value);
    }

    private static Instant instant(boolean micros, long ticks) {
        return Instant.EPOCH.plus(ticks, micros ? ChronoUnit.MICROS : ChronoUnit.MILLIS);
    }

    private static Object bytes(Schema schema, ByteBuffer value) {
        return schema.getType() == Schema.Type.BYTES
                ? value.duplicate()
                : new GenericData.Fixed(schema, array(value));
    }

    private static ByteBuffer buffer(Object avro) {
        return avro instanceof GenericFixed fixed
                ? ByteBuffer.wrap(fixed.bytes())
                : ((ByteBuffer) avro).duplicate();
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
