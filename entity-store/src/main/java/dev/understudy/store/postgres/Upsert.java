package dev.understudy.store.postgres;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.sql.SqlText;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
        int index = 1;
        for (Column column : table.columns()) {
            @Nullable Object[] texts =
                    texts(
                            rows,
                            row -> SqlText.of(column.field(), row.content().value(column.field())));
            statement.setArray(index++, connection.createArrayOf(column.type().element(), texts));
        }
        @Nullable Object[] states = texts(rows, row -> String.valueOf(row.state().code()));
        statement.setArray(index++, connection.createArrayOf("text", states));
        @Nullable Object[] versions = texts(rows, row -> String.valueOf(row.version().number()));
        statement.setArray(index++, connection.createArrayOf("int8", versions));
        @Nullable Object[] epochs = positions(rows, Position::epoch);
        statement.setArray(index++, connection.createArrayOf("int8", epochs));
        @Nullable Object[] lsns = positions(rows, Position::commitLsn);
        statement.setArray(index++, connection.createArrayOf("int8", lsns));
        @Nullable Object[] changed =
                texts(
                        rows,
                        row -> {
                            Instant changedAt = row.changedAt();
                            return changedAt == null ? null : SqlText.of(changedAt);
                        });
        statement.setArray(index++, connection.createArrayOf("timestamptz", changed));
        @Nullable Object[] ceded = texts(rows, row -> Integer.toString(row.ceded()));
        statement.setArray(index, connection.createArrayOf("int2", ceded));
    }

    private static @Nullable Object[] positions(
            List<StoredRow> rows, Function<Position, Long> part) {
        return texts(
                rows,
                row -> {
                    Position position = row.position();
                    return position == null ? null : part.apply(position).toString();
                });
    }

    private static @Nullable Object[] texts(
            List<StoredRow> rows, Function<StoredRow, @Nullable String> text) {
        @Nullable String[] texts = new String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text.apply(rows.get(i));
        }
        return texts;
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
