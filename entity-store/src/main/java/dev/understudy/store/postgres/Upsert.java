package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Statements;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one statement that writes rows of a type: many at once, from one array per column, guarded by
 * the version, so that no row goes back and a placeholder overwrites nothing.
 */
final class Upsert {
    /**
     * {@code _placed_at} outlives only hydration, so that beside an {@code _hydrated_at} of this
     * very transaction it tells how long the placeholder waited; one placed by this transaction was
     * never seen to wait. Returns first how many rows were stored; then, if they were all, only
     * those that had waited, since each row that comes back costs both sides something.
     */
    private static final String SQL =
            """
            WITH stored AS (INSERT INTO ${table} AS t (${columns}, "_state", "_version", "_epoch", "_lsn",
                "_changed_at", "_ceded", "_placed_at", "_hydrated_at")
            SELECT ${values}, e."_state"::"char", e."_version", e."_epoch", e."_lsn",
                coalesce(e."_changed_at", now()), e."_ceded",
                CASE e."_state" WHEN 'p' THEN now() END,
                CASE e."_state" WHEN 'h' THEN now() END
            FROM ${source}
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
            RETURNING t.${key} AS key, CASE
                WHEN t."_hydrated_at" = now() AND t."_placed_at" <> now()
                THEN t."_placed_at" END AS placed_at),
            counted AS (SELECT count(*) AS rows FROM stored)
            SELECT NULL, rows FROM counted
            UNION ALL
            SELECT key, (extract(epoch FROM clock_timestamp() - placed_at) * 1000000)::bigint
            FROM stored WHERE placed_at IS NOT NULL OR (SELECT rows FROM counted) < ?
            """;

    private final Table table;
    private final RowSource source;
    private final String fromArrays;
    private final String fromStage;

    /** Is told of each row that was stored, by its index among those given. */
    @FunctionalInterface
    interface Stored {
        /** A row was stored; the others are stale, or placeholders that were not needed. */
        void stored(int index);

        /** One of these had waited as a placeholder. */
        default void waited(int index, Duration duration) {}
    }

    Upsert(Table table) {
        this.table = table;
        this.source = new RowSource(table);
        String sql =
                SQL.replace("${table}", table.quoted())
                        .replace("${columns}", each(Column::quoted, ", "))
                        .replace("${values}", each(column -> "e." + column.quoted(), ", "))
                        .replace("${assignments}", assignments())
                        .replace("${key}", table.key().quoted());
        this.fromArrays = sql.replace("${source}", source.arrays());
        this.fromStage = sql.replace("${source}", source.stage());
    }

    /** Makes ready for {@link Sending#COPIED}, with what is queued, if it is possible. */
    void prepare(Statements statements, Runnable ready) {
        source.prepareStage(statements, ready);
    }

    /** How rows come to the database. */
    enum Sending {
        /** As arrays, which is quicker for few. */
        BOUND,
        /** Copied to where {@link #prepare} made room; once in a transaction. */
        COPIED
    }

    /** Stores rows that have different keys, with what is queued. */
    void run(Statements statements, List<StoredRow> rows, Sending sending, Stored stored)
            throws SQLException {
        switch (sending) {
            case BOUND -> {
                statements.makeRoomFor(rows.size());
                statements.queue(
                        fromArrays,
                        (connection, statement, first) -> {
                            int index = source.bind(connection, statement, first, rows);
                            statement.setInt(index, rows.size());
                            return index + 1;
                        },
                        result -> read(result, rows, stored));
            }
            case COPIED -> {
                source.copy(statements.connection(), rows);
                statements.queue(
                        fromStage,
                        (_, statement, first) -> {
                            statement.setInt(first, rows.size());
                            return first + 1;
                        },
                        result -> read(result, rows, stored));
            }
        }
    }

    private void read(ResultSet result, List<StoredRow> rows, Stored stored) throws SQLException {
        if (!result.next() || result.getObject(1) != null) {
            throw new IllegalStateException("an upsert did not tell first how many it stored");
        }
        boolean all = result.getLong(2) == rows.size();
        for (int i = 0; all && i < rows.size(); i++) {
            stored.stored(i);
        }
        int index = 0;
        while (result.next()) {
            index = indexOf(rows, SqlValues.key(table.type().keyType(), result, 1), index);
            if (!all) {
                stored.stored(index);
            }
            long micros = result.getLong(2);
            if (!result.wasNull()) {
                stored.waited(index, Duration.of(Math.max(0, micros), ChronoUnit.MICROS));
            }
            index++;
        }
    }

    /** They come back in the order in which they were given, as far as they do. */
    private static int indexOf(List<StoredRow> rows, EntityKey key, int expected) {
        for (int i = 0; i < rows.size(); i++) {
            int index = (expected + i) % rows.size();
            if (rows.get(index).key().equals(key)) {
                return index;
            }
        }
        throw new IllegalStateException("a row was stored that was not given: " + key.text());
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
}
