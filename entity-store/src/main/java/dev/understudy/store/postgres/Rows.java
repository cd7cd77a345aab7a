package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityRow;
import dev.understudy.store.sql.RowReader;
import dev.understudy.store.sql.RowReader.Found;
import dev.understudy.store.sql.Statements;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The statements that read and lock rows of one type. */
final class Rows {
    private static final String SELECT =
            """
            SELECT ${row}
            FROM ${table}
            """;

    /**
     * Locks nothing that exists, and waits for whoever is inserting the same; but not for who
     * changes what exists, as the conflict alone would. A subquery, which no plan turns into a
     * scan.
     */
    private static final String PLACE =
            """
            INSERT INTO ${table} (${key}, "_state", "_version", "_placed_at", "_changed_at")
            SELECT k, 'p', 0, now(), now() FROM unnest(?) AS k
            WHERE (SELECT true FROM ${table} AS t WHERE t.${key} = k) IS NULL
            ON CONFLICT (${key}) DO NOTHING
            """;

    private final Table table;
    private final RowReader reader;
    private final Upsert upsert;
    private final KeyLookUps lookUps;
    private final String read;
    private final String lock;
    private final String lockAll;
    private final String firstPage;
    private final String nextPage;
    private final String place;

    Rows(Table table) {
        this.table = table;
        this.reader = new RowReader(table);
        this.upsert = new Upsert(table);
        this.lookUps = new KeyLookUps(table);
        this.read = sql(SELECT + "WHERE ${key} = ?");
        // Holds off other writers, but not the foreign-key checks of rows that refer to this one.
        this.lock = read + " FOR NO KEY UPDATE";
        this.lockAll = sql(SELECT + "WHERE ${key} = ANY (?) ORDER BY ${key} FOR NO KEY UPDATE");
        this.firstPage = sql(SELECT + "WHERE \"_state\" IN ('h', 'p') ORDER BY ${key} LIMIT ?");
        this.nextPage =
                sql(
                        SELECT
                                + "WHERE ${key} > ? AND \"_state\" IN ('h', 'p') ORDER BY ${key} LIMIT ?");
        this.place = sql(PLACE);
    }

    Upsert upsert() {
        return upsert;
    }

    KeyLookUps lookUps() {
        return lookUps;
    }

    /** The row, or for an alias that of its entity. */
    Optional<EntityRow> read(Connection connection, EntityKey key) throws SQLException {
        return one(connection, read, key);
    }

    /** The row as it is, held against other writers, with what is queued. */
    void lock(Statements statements, EntityKey key, Consumer<Found> found) {
        statements.queue(
                lock,
                (_, statement, first) -> {
                    statement.setObject(first, key.value());
                    return first + 1;
                },
                result -> reader.all(result).forEach(found));
    }

    /** Those that are there, as they are, held against other writers, with what is queued. */
    void lockAll(Statements statements, List<EntityKey> keys, Consumer<Found> found)
            throws SQLException {
        statements.makeRoomFor(keys.size());
        statements.queue(
                lockAll, lookUps.keyArray(keys), result -> reader.all(result).forEach(found));
    }

    List<EntityRow> page(Connection connection, Optional<EntityKey> after, int limit)
            throws SQLException {
        String sql = after.isPresent() ? nextPage : firstPage;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            if (after.isPresent()) {
                statement.setObject(index++, after.get().value());
            }
            statement.setInt(index, limit);
            return found(statement).stream().map(Found::row).toList();
        }
    }

    /** Inserts placeholders where there is no row; the keys come sorted. */
    void place(Statements statements, List<EntityKey> keys) throws SQLException {
        statements.makeRoomFor(keys.size());
        statements.queue(place, lookUps.keyArray(keys));
    }

    private Optional<EntityRow> one(Connection connection, String sql, EntityKey key)
            throws SQLException {
        Optional<Found> found = found(connection, sql, key);
        EntityKey entity = found.map(Found::aliasOf).orElse(null);
        return (entity == null ? found : found(connection, sql, entity)).map(Found::row);
    }

    private Optional<Found> found(Connection connection, String sql, EntityKey key)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, key.value());
            return found(statement).stream().findFirst();
        }
    }

    private List<Found> found(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            return reader.all(result);
        }
    }

    private String sql(String template) {
        return template.replace("${row}", reader.columns(""))
                .replace("${table}", table.quoted())
                .replace("${key}", table.key().quoted());
    }
}
