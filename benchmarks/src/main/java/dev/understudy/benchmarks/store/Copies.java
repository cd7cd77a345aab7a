package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.sql.BinaryBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** What begins with COPY in the binary format. */
public final class Copies {
    static final String BARE = "bare_account";

    /** The signature, no flags, no extension. */
    private static final byte[] HEADER =
            "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final String INCOMING =
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS incoming ON COMMIT DELETE ROWS
            AS SELECT %s FROM %s WITH NO DATA
            """
                    .formatted(RawTable.names(), RawTable.NAME);

    private static final String MERGE =
            RawTable.insert()
                    + "SELECT %s, 'h', now() FROM incoming".formatted(RawTable.names())
                    + RawTable.orUpdate();

    private Copies() {}

    /** Into a table without keys, indexes or constraints: the limit. */
    record Bare() implements Contender {
        @Override
        public String name() {
            return "COPY into a bare table";
        }

        @Override
        public void write(DataSource pool, List<ChangeEvent> batch) throws SQLException {
            try (Connection connection = pool.getConnection()) {
                copy(connection, BARE, batch);
                connection.commit();
            }
        }
    }

    /** Into a temporary table, and from there by an upsert. */
    public record AndMerge() implements Contender {
        @Override
        public String name() {
            return "COPY, INSERT SELECT";
        }

        @Override
        public void write(DataSource pool, List<ChangeEvent> batch) throws SQLException {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET client_min_messages = warning;" + INCOMING);
                copy(connection, "incoming", batch);
                statement.execute(MERGE);
                connection.commit();
            }
        }
    }

    private static void copy(Connection connection, String table, List<ChangeEvent> batch)
            throws SQLException {
        BinaryBuffer buffer = new BinaryBuffer(batch.size() * 320);
        for (ChangeEvent event : batch) {
            buffer.int2(RawTable.FIELDS.size());
            RawTable.FIELDS.forEach(field -> buffer.value(field.value().apply(event)));
        }
        buffer.int2(-1);
        String sql = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, RawTable.names());
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            sql,
                            new SequenceInputStream(
                                    new ByteArrayInputStream(HEADER),
                                    new ByteArrayInputStream(buffer.toBytes())),
                            1 << 16);
        } catch (IOException e) {
            throw new SQLException("memory cannot be read", e);
        }
    }
}
