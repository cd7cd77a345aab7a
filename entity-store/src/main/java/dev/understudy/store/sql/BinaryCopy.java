package dev.understudy.store.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
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

    private BinaryCopy() {}

    /**
     * Copies all rows.
     *
     * @param sql of the {@code COPY}, whose columns are those of the values
     * @param reading the rows' indexes in the order in which they are best read, which is that of
     *     memory: one row after another from where nobody has looked yet costs more than the rest
     */
    public static <T> void into(
            Connection connection,
            String sql,
            List<T> rows,
            int[] reading,
            List<? extends Function<? super T, ? extends @Nullable Object>> values)
            throws SQLException {
        BinaryBuffer all = new BinaryBuffer(rows.size() * ROW_BYTES);
        int[] from = new int[rows.size()];
        int[] to = new int[rows.size()];
        for (int index : reading) {
            from[index] = all.size();
            all.int2(values.size());
            T row = rows.get(index);
            for (Function<? super T, ? extends @Nullable Object> value : values) {
                all.value(value.apply(row));
            }
            to[index] = all.size();
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            BinaryBuffer chunk = new BinaryBuffer(CHUNK_BYTES + ROW_BYTES).bytes(HEADER);
            for (int i = 0; i < from.length; i++) {
                chunk.bytes(all, from[i], to[i]);
                if (chunk.size() >= CHUNK_BYTES) {
                    chunk.drainTo(copy);
                }
            }
            chunk.int2(-1).drainTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
