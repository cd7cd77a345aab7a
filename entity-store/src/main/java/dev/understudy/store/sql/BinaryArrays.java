package dev.understudy.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/** Arrays to be bound in the binary format; the driver itself writes most of them as text. */
public final class BinaryArrays {
    private static final int HAS_NULLS = 4;

    private BinaryArrays() {}

    /**
     * One value of each row.
     *
     * @param element the name of the element's type
     */
    public static <T> Array of(
            Connection connection,
            String element,
            List<T> rows,
            Function<? super T, ? extends @Nullable Object> value)
            throws SQLException {
        Oids oids = oids(element);
        BinaryBuffer buffer = new BinaryBuffer(32 + 24 * rows.size());
        buffer.int4(rows.isEmpty() ? 0 : 1).int4(0).int4(oids.element());
        if (!rows.isEmpty()) {
            buffer.int4(rows.size()).int4(1);
        }
        boolean nulls = false;
        for (T row : rows) {
            Object each = value.apply(row);
            nulls |= each == null;
            buffer.value(each);
        }
        if (nulls) {
            buffer.int4At(HAS_NULLS, 1);
        }
        return new PgArray(connection.unwrap(BaseConnection.class), oids.array(), buffer.toBytes());
    }

    private record Oids(int element, int array) {}

    private static Oids oids(String element) {
        return switch (element) {
            case "text" -> new Oids(Oid.TEXT, Oid.TEXT_ARRAY);
            case "uuid" -> new Oids(Oid.UUID, Oid.UUID_ARRAY);
            case "int2" -> new Oids(Oid.INT2, Oid.INT2_ARRAY);
            case "int8" -> new Oids(Oid.INT8, Oid.INT8_ARRAY);
            case "float8" -> new Oids(Oid.FLOAT8, Oid.FLOAT8_ARRAY);
            case "bool" -> new Oids(Oid.BOOL, Oid.BOOL_ARRAY);
            case "numeric" -> new Oids(Oid.NUMERIC, Oid.NUMERIC_ARRAY);
            case "date" -> new Oids(Oid.DATE, Oid.DATE_ARRAY);
            case "time" -> new Oids(Oid.TIME, Oid.TIME_ARRAY);
            case "timestamp" -> new Oids(Oid.TIMESTAMP, Oid.TIMESTAMP_ARRAY);
            case "timestamptz" -> new Oids(Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY);
            case "bytea" -> new Oids(Oid.BYTEA, Oid.BYTEA_ARRAY);
            case "jsonb" -> new Oids(Oid.JSONB, Oid.JSONB_ARRAY);
            default -> throw new IllegalArgumentException("no arrays of " + element);
        };
    }
}
