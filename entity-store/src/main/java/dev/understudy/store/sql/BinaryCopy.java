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
     */
    public static <T> void into(
            Connection connection,
            String sql,
            List<T> rows,
            List<? extends Function<? super T, ? extends @Nullable Object>> values)
            throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            BinaryBuffer buffer = new BinaryBuffer(CHUNK_BYTES + ROW_BYTES).bytes(HEADER);
            for (T row : rows) {
                buffer.int2(values.size());
                for (Function<? super T, ? extends @Nullable Object> value : values) {
                    buffer.value(value.apply(row));
                }
                if (buffer.size() >= CHUNK_BYTES) {
                    buffer.drainTo(copy);
                }
            }
            buffer.int2(-1).drainTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
