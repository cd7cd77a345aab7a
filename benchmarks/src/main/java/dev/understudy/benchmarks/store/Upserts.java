package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.sql.BinaryArrays;
import dev.understudy.store.sql.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Upserts as one writes them by hand, without placeholders and outcomes. */
final class Upserts {
    private static final String FROM_VALUES =
            RawTable.insert()
                    + "VALUES (%s, 'h', now())".formatted(RawTable.each(_ -> "?", ", "))
                    + RawTable.orUpdate();

    static final String FROM_ARRAYS =
            RawTable.insert()
                    + "SELECT *, 'h', now() FROM unnest(%s)"
                            .formatted(RawTable.each(field -> "?::" + field.element() + "[]", ", "))
                    + RawTable.orUpdate();

    private Upserts() {}

    /** Multi-row VALUES, which the driver makes of a batch (reWriteBatchedInserts). */
    record Values() implements Contender {
        @Override
        public String name() {
            return "multi-row VALUES";
        }

        @Override
        public void write(DataSource pool, List<ChangeEvent> batch) throws SQLException {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(FROM_VALUES)) {
                for (ChangeEvent event : batch) {
                    int index = 1;
                    for (RawTable.Field field : RawTable.FIELDS) {
                        statement.setObject(index++, bound(field.value().apply(event)));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            }
        }

        private static @Nullable Object bound(@Nullable Object value) {
            return value instanceof Instant moment
                    ? OffsetDateTime.ofInstant(moment, ZoneOffset.UTC)
                    : value;
        }
    }

    /** An array for each column, of texts. */
    record TextArrays() implements Contender {
        @Override
        public String name() {
            return "unnest text arrays";
        }

        @Override
        public void write(DataSource pool, List<ChangeEvent> batch) throws SQLException {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(FROM_ARRAYS)) {
                int index = 1;
                for (RawTable.Field field : RawTable.FIELDS) {
                    @Nullable Object[] texts =
                            batch.stream().map(event -> text(field.value().apply(event))).toArray();
                    statement.setArray(index++, connection.createArrayOf(field.element(), texts));
                }
                statement.executeUpdate();
                connection.commit();
            }
        }

        private static @Nullable String text(@Nullable Object value) {
            return switch (value) {
                case null -> null;
                case Instant moment -> SqlText.of(moment);
                default -> value.toString();
            };
        }
    }

    /** An array for each column, in the binary format. */
    record Arrays() implements Contender {
        @Override
        public String name() {
            return "unnest binary arrays";
        }

        @Override
        public void write(DataSource pool, List<ChangeEvent> batch) throws SQLException {
            try (Connection connection = pool.getConnection()) {
                upsert(connection, batch);
                connection.commit();
            }
        }

        static void upsert(Connection connection, List<ChangeEvent> batch) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(FROM_ARRAYS)) {
                int index = 1;
                for (RawTable.Field field : RawTable.FIELDS) {
                    statement.setArray(
                            index++,
                            BinaryArrays.of(connection, field.element(), batch, field.value()));
                }
                statement.executeUpdate();
            }
        }
    }
}
