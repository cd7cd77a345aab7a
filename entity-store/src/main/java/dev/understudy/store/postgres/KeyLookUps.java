package dev.understudy.store.postgres;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import dev.understudy.store.sql.BinaryArrays;
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
import java.util.Set;

/** What is known of many keys of one type at once. */
final class KeyLookUps {
    private static final String STATES =
            "SELECT ${key}, \"_state\" FROM ${table} WHERE ${key} = ANY (?)";

    /** Nothing is stored over an alias, whatever its version. */
    private static final String VERSIONS =
            """
            SELECT ${key}, CASE "_state" WHEN 'a' THEN 9223372036854775807 ELSE "_version" END
            FROM ${table} WHERE ${key} = ANY (?)
            """;

    private static final String PRESENT = "SELECT ${key} FROM ${table} WHERE ${key} = ANY (?)";

    private static final String PLACEMENTS =
            "SELECT ${key}, \"_placed_at\" FROM ${table} WHERE ${key} = ANY (?) AND \"_state\" = 'p'";
    private static final String ALIASES =
            "SELECT ${key}, \"_alias_of\" FROM ${table} WHERE ${key} = ANY (?) AND \"_state\" = 'a'";

    private final Table table;
    private final String states;
    private final String heldStates;
    private final String versions;
    private final String present;
    private final String placements;
    private final String aliases;

    KeyLookUps(Table table) {
        this.table = table;
        this.states = sql(STATES);
        this.heldStates = states + sql(" ORDER BY ${key} FOR KEY SHARE");
        this.versions = sql(VERSIONS);
        this.present = sql(PRESENT);
        this.placements = sql(PLACEMENTS);
        this.aliases = sql(ALIASES);
    }

    /** The record states of those that have a row, as they are now. */
    Map<EntityId, RecordState> states(Connection connection, Collection<EntityKey> keys)
            throws SQLException {
        return found(connection, states, keys, result -> RecordState.of(result.getString(2)));
    }

    /** Adds the same of rows that cannot go before the transaction ends. */
    void heldStates(Statements statements, List<EntityKey> keys, Map<EntityId, RecordState> states)
            throws SQLException {
        statements.makeRoomFor(keys.size());
        statements.queue(
                heldStates,
                keyArray(keys),
                row -> states.putAll(found(row, result -> RecordState.of(result.getString(2)))));
    }

    /** The versions of those that have a row; an alias has the highest there is. */
    Map<EntityId, Version> versions(Connection connection, Collection<EntityKey> keys)
            throws SQLException {
        return found(connection, versions, keys, result -> new Version(result.getLong(2)));
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

    /** The one parameter of these. */
    Statements.Parameters keyArray(Collection<EntityKey> keys) {
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

    private String sql(String template) {
        return template.replace("${table}", table.quoted()).replace("${key}", table.key().quoted());
    }
}
