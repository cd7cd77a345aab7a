package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.sql.BinaryArrays;
import dev.understudy.store.sql.RowReader;
import dev.understudy.store.sql.RowReader.Found;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Statements;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The statements that read and lock rows of one type. */
final class Rows {
    private static final String SELECT =
            """
            SELECT ${row}
            FROM ${table}
            """;

    private static final String STATES =
            "SELECT ${key}, \"_state\" FROM ${table} WHERE ${key} = ANY (?)";

    private static final String PRESENT = "SELECT ${key} FROM ${table} WHERE ${key} = ANY (?)";

    private static final String PLACEMENTS =
            "SELECT ${key}, \"_placed_at\" FROM ${table} WHERE ${key} = ANY (?) AND \"_state\" = 'p'";
    private static final String ALIASES =
            "SELECT ${key}, \"_alias_of\" FROM ${table} WHERE ${key} = ANY (?) AND \"_state\" = 'a'";

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
    private final String read;
    private final String lock;
    private final String lockAll;
    private final String firstPage;
    private final String nextPage;
    private final String states;
    private final String heldStates;
    private final String present;
    private final String placements;
    private final String aliases;
    private final String place;

    Rows(Table table) {
        this.table = table;
        this.reader = new RowReader(table);
        this.upsert = new Upsert(table);
        this.read = sql(SELECT + "WHERE ${key} = ?");
        // Holds off other writers, but not the foreign-key checks of rows that refer to this one.
        this.lock = read + " FOR NO KEY UPDATE";
        this.lockAll = sql(SELECT + "WHERE ${key} = ANY (?) ORDER BY ${key} FOR NO KEY UPDATE");
        this.firstPage = sql(SELECT + "WHERE \"_state\" IN ('h', 'p') ORDER BY ${key} LIMIT ?");
        this.nextPage =
                sql(
                        SELECT
                                + "WHERE ${key} > ? AND \"_state\" IN ('h', 'p') ORDER BY ${key} LIMIT ?");
        this.states = sql(STATES);
        this.heldStates = states + sql(" ORDER BY ${key} FOR KEY SHARE");
        this.present = sql(PRESENT);
        this.placements = sql(PLACEMENTS);
        this.aliases = sql(ALIASES);
        this.place = sql(PLACE);
    }

    Upsert upsert() {
        return upsert;
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
        statements.queue(lockAll, keyArray(keys), result -> reader.all(result).forEach(found));
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

    /** The record states of those that have a row, as they are now. */
    Map<EntityId, RecordState> states(Connection connection, Collection<EntityKey> keys)
            throws SQLException {
        return found(connection, states, keys, result -> RecordState.of(result.getString(2)));
    }

    /** Adds the same of rows that cannot go before the transaction ends. */
    void heldStates(
            Statements statements, List<EntityKey> keys, Map<EntityId, RecordState> states) {
        statements.queue(
                heldStates,
                keyArray(keys),
                row -> states.putAll(found(row, result -> RecordState.of(result.getString(2)))));
    }

    /** Removes those that have a row. */
    void removePresent(Statements statements, List<EntityKey> keys, Set<EntityKey> missing)
            throws SQLException {
        statements.makeRoomFor(keys.size());
        statements.queue(
                present,
                keyArray(keys),
                row -> {
                    while (row.next()) {
                        missing.remove(SqlValues.key(table.type().keyType(), row, 1));
                    }
                });
    }

    /** When those that are placeholders were placed. */
    Map<EntityId, Instant> placements(Connection connection, Collection<EntityKey> keys)
            throws SQLException {
        return found(connection, placements, keys, result -> SqlValues.instant(result, 2));
    }

    /** Of these keys, those that are aliases, with their entities. */
    Map<EntityId, EntityId> aliases(Connection connection, Collection<EntityKey> keys)
            throws SQLException {
        return found(
                connection,
                aliases,
                keys,
                result ->
                        new EntityId(
                                table.type(), SqlValues.key(table.type().keyType(), result, 2)));
    }

    /** Inserts placeholders where there is no row; the keys come sorted. */
    void place(Statements statements, List<EntityKey> keys) {
        statements.queue(place, keyArray(keys));
    }

    private Statements.Parameters keyArray(Collection<EntityKey> keys) {
        return (connection, statement, first) -> {
            String element = table.key().type().element();
            List<EntityKey> values = List.copyOf(keys);
            statement.setArray(
                    first, BinaryArrays.of(connection, element, values, EntityKey::value));
            return first + 1;
        };
    }

    /** What a statement tells of each key that it finds. */
    private <T> Map<EntityId, T> found(
            Connection connection, String sql, Collection<EntityKey> keys, Told<T> told)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keyArray(keys).bind(connection, statement, 1);
            try (ResultSet result = statement.executeQuery()) {
                return found(result, told);
            }
        }
    }

    private <T> Map<EntityId, T> found(ResultSet result, Told<T> told) throws SQLException {
        Map<EntityId, T> found = new HashMap<>();
        while (result.next()) {
            EntityKey key = SqlValues.key(table.type().keyType(), result, 1);
            found.put(new EntityId(table.type(), key), told.from(result));
        }
        return found;
    }

    private interface Told<T> {
        T from(ResultSet result) throws SQLException;
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
