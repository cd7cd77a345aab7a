package dev.understudy.store.table;

import dev.understudy.schemas.model.FieldType;
import dev.understudy.schemas.model.ModelException;

/**
 * A column's type in PostgreSQL.
 *
 * @param element its name as the element of an array that is bound
 * @param definition as a column is declared
 */
public record ColumnType(String element, String definition) {
    private static final int MAX_PRECISION = 1000;

    /** The type of a field's column: wide enough that widening the field never rewrites it. */
    public static ColumnType of(FieldType type) {
        return switch (type) {
            case FieldType.Text _, FieldType.Symbol _ -> plain("text");
            case FieldType.Uuid _ -> plain("uuid");
            case FieldType.Whole _ -> new ColumnType("int8", "bigint");
            case FieldType.Real _ -> new ColumnType("float8", "double precision");
            case FieldType.Bool _ -> new ColumnType("bool", "boolean");
            case FieldType.Decimal decimal -> numeric(decimal);
            case FieldType.Date _ -> plain("date");
            case FieldType.Time _ -> plain("time");
            case FieldType.Timestamp _ -> plain("timestamptz");
            case FieldType.LocalTimestamp _ -> plain("timestamp");
            case FieldType.Bytes _ -> plain("bytea");
            case FieldType.Document _ -> plain("jsonb");
        };
    }

    /** The type of a column that holds keys: text in the order of bytes, whatever the locale. */
    public static ColumnType ofKey(FieldType type) {
        return type instanceof FieldType.Text
                ? new ColumnType("text", "text COLLATE \"C\"")
                : of(type);
    }

    private static ColumnType plain(String name) {
        return new ColumnType(name, name);
    }

    private static ColumnType numeric(FieldType.Decimal decimal) {
        if (decimal.precision() > MAX_PRECISION) {
            throw new ModelException(
                    "PostgreSQL keeps decimals of at most %d digits, not %d"
                            .formatted(MAX_PRECISION, decimal.precision()));
        }
        return new ColumnType(
                "numeric", "numeric(%d,%d)".formatted(decimal.precision(), decimal.scale()));
    }
}
