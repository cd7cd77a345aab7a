package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.sql.BinaryArrays;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that writes rows of a type: many at once, from one array per column, guarded by
 * the version, so that no row goes back and a placeholder overwrites nothing.
 */
final class Upsert {
    /**
     * {@code _placed_at} outlives only hydration, so that beside an {@code _hydrated_at} of this
     * very transaction it tells how long the placeholder waited; one placed by this transaction was
     * never seen to wait.
     */
    private static final String SQL =
            """
            INSERT INTO ${table} AS t (${columns}, "_state", "_version", "_epoch", "_lsn",
                "_changed_at", "_ceded", "_placed_at", "_hydrated_at")
            SELECT ${values}, e."_state"::"char", e."_version", e."_epoch", e."_lsn",
                coalesce(e."_changed_at", now()), e."_ceded",
                CASE e."_state" WHEN 'p' THEN now() END,
                CASE e."_state" WHEN 'h' THEN now() END
            FROM unnest(${arrays}, ?::text[], ?::int8[], ?::int8[], ?::int8[], ?::timestamptz[],
                    ?::int2[])
                AS e (${columns}, "_state", "_version", "_epoch", "_lsn", "_changed_at", "_ceded")
            ON CONFLICT (${key}) DO UPDATE SET ${assignments}
                "_state" = EXCLUDED."_state", "_version" = EXCLUDED."_version",
                "_epoch" = EXCLUDED."_epoch", "_lsn" = EXCLUDED."_lsn",
                "_changed_at" = EXCLUDED."_changed_at",
                "_ceded" = EXCLUDED."_ceded", "_alias_of" = NULL,
                "_placed_at" = CASE WHEN EXCLUDED."_state" = 'h' THEN t."_placed_at" END,
                "_hydrated_at" = CASE
                    WHEN EXCLUDED."_state" = 'd' THEN NULL
                    WHEN t."_state" = 'h' THEN t."_hydrated_at"
                    ELSE now() END
            WHERE t."_version" < EXCLUDED."_version" AND t."_state" <> 'a'
            RETURNING t.${key}, CASE
                WHEN t."_hydrated_at" = now() AND t."_placed_at" <> now()
                THEN (extract(epoch FROM clock_timestamp() - t."_placed_at") * 1000000)::bigint END
            """;

    private final Table table;
    private final String sql;

    /** A row was stored; as a placeholder it had waited this long, if it was one. */
    record Stored(Optional<Duration> waited) {}

    Upsert(Table table) {
        this.table = table;
        this.sql =
                SQL.replace("${table}", table.quoted())
                        .replace("${columns}", each(Column::quoted, ", "))
                        .replace("${values}", each(column -> "e." + column.quoted(), ", "))
                        .replace("${arrays}", each(column -> "?::" + array(column), ", "))
                        .replace("${assignments}", assignments())
                        .replace("${key}", table.key().quoted());
    }

    /**
     * Stores rows that have different keys.
     *
     * @return by key, the rows that were stored; the others are stale, or placeholders that were
     *     not needed
     */
    Map<EntityKey, Stored> run(Connection connection, List<StoredRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, rows);
            Map<EntityKey, Stored> stored = HashMap.newHashMap(rows.size());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    EntityKey key = SqlValues.key(table.type().keyType(), result, 1);
                    long micros = result.getLong(2);
                    Optional<Duration> waited =
                            result.wasNull()
                                    ? Optional.empty()
                                    : Optional.of(
                                            Duration.of(Math.max(0, micros), ChronoUnit.MICROS));
                    stored.put(key, new Stored(waited));
                }
            }
            return stored;
        }
    }

    private void bind(Connection connection, PreparedStatement statement, List<StoredRow> rows)
            throws SQLException {
        Binding binding = new Binding(connection, statement, rows);
        for (Column column : table.columns()) {
            EntityField field = column.field();
            binding.next(column.type().element(), row -> row.content().value(field));
        }
        binding.next("text", row -> String.valueOf(row.state().code()));
        binding.next("int8", row -> row.version().number());
        binding.next("int8", row -> row.position() == null ? null : row.position().epoch());
        binding.next("int8", row -> row.position() == null ? null : row.position().commitLsn());
        binding.next("timestamptz", StoredRow::changedAt);
        binding.next("int2", row -> (short) row.ceded());
    }

    /** Binds one array after the other. */
    private static final class Binding {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<StoredRow> rows;
        private int index;

        Binding(Connection connection, PreparedStatement statement, List<StoredRow> rows) {
            this.connection = connection;
            this.statement = statement;
            this.rows = rows;
        }

        void next(String element, Function<StoredRow, @Nullable Object> value) throws SQLException {
            index++;
            statement.setArray(index, BinaryArrays.of(connection, element, rows, value));
        }
    }

    private String assignments() {
        return table.columns().stream()
                .filter(column -> !column.equals(table.key()))
                .map(column -> column.quoted() + " = EXCLUDED." + column.quoted() + ",")
                .collect(Collectors.joining(" "));
    }

    private String each(Function<Column, String> text, String separator) {
        return table.columns().stream().map(text).collect(Collectors.joining(separator));
    }

    private static String array(Column column) {
        return column.type().element() + "[]";
    }
}
