package dev.understudy.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.schemas.codec.Documents;
import dev.understudy.schemas.codec.InvalidValueException;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.schemas.model.KeyType;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Values as they come out of result sets. */
public final class SqlValues {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private SqlValues() {}

    /** The content in the columns of a table, the first of which is given. */
    public static EntityContent content(Table table, ResultSet row, int first) throws SQLException {
        @Nullable Object[] values = new Object[table.columns().size()];
        for (Column column : table.columns()) {
            EntityField field = column.field();
            values[field.index()] = value(field, row, first + field.index());
        }
        return EntityContent.of(table.type(), values);
    }

    public static EntityKey key(KeyType type, ResultSet row, int index) throws SQLException {
        return switch (type) {
            case UUID -> type.of(row.getObject(index, UUID.class));
            case STRING -> type.of(row.getString(index));
            case LONG -> type.of(row.getLong(index));
        };
    }

    public static Instant instant(ResultSet row, int index) throws SQLException {
        return row.getObject(index, OffsetDateTime.class).toInstant();
    }

    /** A field's value, null where there is none. */
    public static @Nullable Object value(EntityField field, ResultSet row, int index)
            throws SQLException {
        Object value =
                switch (field.type()) {
                    case FieldType.Text _, FieldType.Symbol _ -> row.getString(index);
                    case FieldType.Uuid _ -> row.getObject(index, UUID.class);
                    case FieldType.Whole _ -> row.getLong(index);
                    case FieldType.Real _ -> row.getDouble(index);
                    case FieldType.Bool _ -> row.getBoolean(index);
                    case FieldType.Decimal _ -> row.getBigDecimal(index);
                    case FieldType.Date _ -> row.getObject(index, LocalDate.class);
                    case FieldType.Time _ -> row.getObject(index, LocalTime.class);
                    case FieldType.Timestamp _ -> row.getObject(index, OffsetDateTime.class);
                    case FieldType.LocalTimestamp _ -> row.getObject(index, LocalDateTime.class);
                    case FieldType.Bytes _ -> row.getBytes(index);
                    case FieldType.Document _ -> row.getString(index);
                };
        return row.wasNull() ? null : converted(field, value);
    }

    private static Object converted(EntityField field, Object value) {
        return switch (value) {
            case OffsetDateTime moment -> moment.toInstant();
            case byte[] bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            case String text when field.type() instanceof FieldType.Document ->
                    document(field.schema(), text);
            default -> value;
        };
    }

    private static JsonNode document(Schema schema, String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb that is no JSON", e);
        }
        try {
            // jsonb keeps numbers as decimals; the schema knows which were doubles.
            return Documents.fromAvro(schema, Documents.toAvro(schema, json));
        } catch (InvalidValueException _) {
            // Not a number inside a document has no JSON; a read must not fail for it.
            return json;
        }
    }
}
