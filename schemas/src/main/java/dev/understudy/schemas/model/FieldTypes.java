package dev.understudy.schemas.model;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The mapping from Avro's types, logical types first. */
final class FieldTypes {
    private FieldTypes() {}

    static FieldType of(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return logical == null ? ofPlain(schema) : ofLogical(schema, logical);
    }

    private static FieldType ofLogical(Schema schema, LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.Decimal decimal ->
                    new FieldType.Decimal(decimal.getPrecision(), decimal.getScale());
            case LogicalTypes.Uuid _ when schema.getType() == Schema.Type.STRING ->
                    new FieldType.Uuid();
            case LogicalTypes.Date _ -> new FieldType.Date();
            case LogicalTypes.TimeMillis _ -> new FieldType.Time(false);
            case LogicalTypes.TimeMicros _ -> new FieldType.Time(true);
            case LogicalTypes.TimestampMillis _ -> new FieldType.Timestamp(false);
            case LogicalTypes.TimestampMicros _ -> new FieldType.Timestamp(true);
            case LogicalTypes.LocalTimestampMillis _ -> new FieldType.LocalTimestamp(false);
            case LogicalTypes.LocalTimestampMicros _ -> new FieldType.LocalTimestamp(true);
            case LogicalTypes.TimestampNanos _, LogicalTypes.LocalTimestampNanos _ ->
                    throw new ModelException(
                            logical.getName() + " is finer than PostgreSQL keeps; use micros");
            default -> ofPlain(schema);
        };
    }

    private static FieldType ofPlain(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> new FieldType.Text();
            case INT -> new FieldType.Whole(true);
            case LONG -> new FieldType.Whole(false);
            case FLOAT -> new FieldType.Real(true);
            case DOUBLE -> new FieldType.Real(false);
            case BOOLEAN -> new FieldType.Bool();
            case ENUM -> new FieldType.Symbol(schema.getEnumSymbols());
            case BYTES, FIXED -> new FieldType.Bytes();
            case ARRAY, MAP, RECORD -> new FieldType.Document();
            case UNION -> throw new ModelException("a union other than with null is not supported");
            case NULL -> throw new ModelException("a field that is always null is not supported");
        };
    }
}
