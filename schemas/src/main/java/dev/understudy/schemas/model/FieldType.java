package dev.understudy.schemas.model;

import java.util.List;
import org.apache.avro.Schema;

/**
 * The type of a field's values, with the Java class that carries them. The sizes that Avro
 * distinguishes and that may be widened later (int and long, float and double) are one type here.
 */
public sealed interface FieldType {
    /** {@link String}. */
    record Text() implements FieldType {}

    /** {@link java.util.UUID}. */
    record Uuid() implements FieldType {}

    /** {@link Long}, for Avro's int and long. */
    record Whole(boolean narrow) implements FieldType {}

    /** {@link Double}, for Avro's float and double. */
    record Real(boolean narrow) implements FieldType {}

    /** {@link Boolean}. */
    record Bool() implements FieldType {}

    /** {@link java.math.BigDecimal} of exactly this scale. */
    record Decimal(int precision, int scale) implements FieldType {}

    /** {@link java.time.LocalDate}. */
    record Date() implements FieldType {}

    /** {@link java.time.LocalTime}, to the millisecond or microsecond. */
    record Time(boolean micros) implements FieldType {}

    /** {@link java.time.Instant}, to the millisecond or microsecond. */
    record Timestamp(boolean micros) implements FieldType {}

    /** {@link java.time.LocalDateTime}, to the millisecond or microsecond. */
    record LocalTimestamp(boolean micros) implements FieldType {}

    /** {@link String}, one of the symbols. */
    record Symbol(List<String> symbols) implements FieldType {
        public Symbol {
            symbols = List.copyOf(symbols);
        }
    }

    /** Read-only {@link java.nio.ByteBuffer}, for Avro's bytes and fixed. */
    record Bytes() implements FieldType {}

    /**
     * {@link com.fasterxml.jackson.databind.JsonNode}, for Avro's arrays, maps and nested records.
     */
    record Document() implements FieldType {}

    /**
     * The type of a schema that is not a union.
     *
     * @throws ModelException if entities cannot have it
     */
    static FieldType of(Schema schema) {
        return FieldTypes.of(schema);
    }
}
