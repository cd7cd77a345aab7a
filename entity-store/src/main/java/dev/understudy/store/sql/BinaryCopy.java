package dev.understudy.store.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows that go into a table by {@code COPY}, in the binary format. */
public final class BinaryCopy {
    /** The signature, no flags, no extension. */
    private static final byte[] HEADER =
            "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final int ROW_BYTES = 320;
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int ROWS_AT_ONCE = 5000;

    private BinaryCopy() {}

    /**
     * Copies all rows. A row's values are read where nobody has looked since they were made, so one
     * row after another in the order of memory: any other costs more than all the rest.
     *
     * @param sql of the {@code COPY}, whose columns are those of the values
     * @param arrival where a row came, the order of memory
     */
    public static <T> void into(
            Connection connection,
            String sql,
            List<T> rows,
            ToIntFunction<? super T> arrival,
            List<? extends Function<? super T, ? extends @Nullable Object>> values)
            throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            BinaryBuffer chunk = new BinaryBuffer(CHUNK_BYTES + ROW_BYTES).bytes(HEADER);
            for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
                int to = Math.min(from + ROWS_AT_ONCE, rows.size());
                send(rows.subList(from, to), arrival, values, chunk, copy);
            }
            chunk.int2(-1).drainTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static <T> void send(
            List<T> rows,
            ToIntFunction<? super T> arrival,
            List<? extends Function<? super T, ? extends @Nullable Object>> values,
            BinaryBuffer chunk,
            CopyIn copy)
            throws SQLException {
        BinaryBuffer encoded = new BinaryBuffer(rows.size() * ROW_BYTES);
        int[] from = new int[rows.size()];
        int[] to = new int[rows.size()];
        for (int index : byArrival(rows, arrival)) {
            from[index] = encoded.size();
            encoded.int2(values.size());
            T row = rows.get(index);
            for (Function<? super T, ? extends @Nullable Object> value : values) {
                encoded.value(value.apply(row));
            }
            to[index] = encoded.size();
        }
        for (int i = 0; i < from.length; i++) {
            chunk.bytes(encoded, from[i], to[i]);
            if (chunk.size() >= CHUNK_BYTES) {
                chunk.drainTo(copy);
            }
        }
    }

    private static <T> int[] byArrival(List<T> rows, ToIntFunction<? super T> arrival) {
        long[] arrivals = new long[rows.size()];
        for (int i = 0; i < arrivals.length; i++) {
            arrivals[i] = (long) arrival.applyAsInt(rows.get(i)) << Integer.SIZE | i;
        }
        Arrays.sort(arrivals);
        return Arrays.stream(arrivals).mapToInt(each -> (int) each).toArray();
    }
}
