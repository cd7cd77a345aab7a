package dev.understudy.schemas.codec;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.FieldType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Content as generic Avro records of the type's schema, whose values carry no logical-type
 * conversion.
 */
public final class AvroContent {
    private AvroContent() {}

    /**
     * A record of the type's schema; a required field without a value gets a neutral one (a
     * marker's).
     */
    public static GenericRecord toRecord(EntityContent content) {
        EntityType type = content.type();
        GenericData.Record record = new GenericData.Record(type.schema());
        for (EntityField field : type.fields()) {
            Object value = content.value(field);
            record.put(
                    field.index(), value == null ? absent(field) : AvroValues.toAvro(field, value));
        }
        return record;
    }

    /** The content of a record that was read with the type's schema. */
    public static EntityContent ofRecord(EntityType type, GenericRecord record) {
        @Nullable Object[] values = new Object[type.fields().size()];
        for (EntityField field : type.fields()) {
            Object value = record.get(field.index());
            values[field.index()] = value == null ? null : AvroValues.fromAvro(field, value);
        }
        return EntityContent.of(type, values);
    }

    /** What the schema says of a field that an event does not have; empty also for null. */
    public static Optional<Object> defaultOf(EntityType type, EntityField field) {
        Schema.Field declared = type.schema().getField(field.name());
        return declared.hasDefaultValue()
                ? Optional.ofNullable(GenericData.get().getDefaultValue(declared))
                        .map(value -> AvroValues.fromAvro(field, value))
                : Optional.empty();
    }

    private static @Nullable Object absent(EntityField field) {
        return field.required() ? neutral(field.schema()) : null;
    }

    private static Object neutral(Schema schema) {
        return switch (schema.getType()) {
            case STRING ->
                    FieldType.of(schema) instanceof FieldType.Uuid ? new UUID(0, 0).toString() : "";
            case INT -> 0;
            case LONG -> 0L;
            case FLOAT -> 0f;
            case DOUBLE -> 0d;
            case BOOLEAN -> false;
            case BYTES -> ByteBuffer.allocate(schema.getLogicalType() == null ? 0 : 1);
            case FIXED -> new GenericData.Fixed(schema);
            case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getFirst());
            case ARRAY -> List.of();
            case MAP -> Map.of();
            case RECORD -> neutralRecord(schema);
            case UNION, NULL ->
                    throw new IllegalStateException("no neutral value of " + schema.getType());
        };
    }

    private static GenericRecord neutralRecord(Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), field.schema().isNullable() ? null : neutral(field.schema()));
        }
        return record;
    }
}
