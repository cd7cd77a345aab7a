package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.UniqueKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Moves the references of replicated rows from aliases to the entities that they stand for. Owned
 * rows are not touched: to move their references is a write of their owner's, with a version and an
 * event; until then they refer to the alias, which stays.
 */
final class ReferenceMoves {
    /**
     * Locks in the order in which every writer does. Where the reference is part of an alternate
     * key, it must be settled who holds that now.
     */
    private static final String MOVE =
            """
            WITH moving AS MATERIALIZED (
                SELECT ${key} AS key FROM ${table} WHERE ${reference} = ANY (?::${keys}[])
                ORDER BY ${key} FOR NO KEY UPDATE)
            UPDATE ${table} AS t
            SET ${reference} = n.entity, "_ceded" = t."_ceded"${bits}
            FROM moving, unnest(?::${keys}[], ?::${keys}[]) AS n (alias, entity)
            WHERE t.${key} = moving.key AND t.${reference} = n.alias
            """;

    private final String keyElement;
    private final List<Referring> replicated = new ArrayList<>();
    private final boolean fromOwnedRows;

    /** One reference to the type. */
    record Referring(Table table, Column reference, Ownership ownership) {}

    /** Whose rows a table has. */
    enum Ownership {
        OWNED,
        REPLICATED
    }

    ReferenceMoves(Table target, List<Referring> referring) {
        keyElement = target.key().type().element();
        for (Referring each : referring) {
            if (each.ownership() == Ownership.REPLICATED) {
                replicated.add(each);
            }
        }
        fromOwnedRows = replicated.size() < referring.size();
    }

    /** Whether owned rows may refer to the type, so that their owner must move references. */
    boolean fromOwnedRows() {
        return fromOwnedRows;
    }

    /**
     * Moves the references to each alias.
     *
     * @return the tables that may have lost the order of their own alternate keys by it
     */
    Set<Table> move(Connection connection, Map<EntityKey, EntityKey> aliases) throws SQLException {
        Set<Table> unsettled = new HashSet<>();
        List<EntityKey> from = List.copyOf(aliases.keySet());
        String[] alias = from.stream().map(EntityKey::text).toArray(String[]::new);
        String[] entity =
                from.stream().map(aliases::get).map(EntityKey::text).toArray(String[]::new);
        for (Referring each : replicated) {
            List<UniqueKey> keys = keys(each);
            try (PreparedStatement statement = connection.prepareStatement(sql(each, keys))) {
                statement.setArray(1, connection.createArrayOf(keyElement, alias));
                statement.setArray(2, connection.createArrayOf(keyElement, alias));
                statement.setArray(3, connection.createArrayOf(keyElement, entity));
                if (statement.executeUpdate() > 0 && !keys.isEmpty()) {
                    unsettled.add(each.table());
                }
            }
        }
        return unsettled;
    }

    private static List<UniqueKey> keys(Referring each) {
        return each.table().alternateKeys().stream()
                .filter(key -> key.columns().contains(each.reference()))
                .toList();
    }

    private String sql(Referring each, List<UniqueKey> keys) {
        String bits =
                keys.stream()
                        .map(key ->
                                " | CASE WHEN %s THEN %d ELSE 0 END::int2"
                                        .formatted(key.complete("t."), key.bit()))
                        .collect(Collectors.joining());
        return MOVE.replace("${table}", each.table().quoted())
                .replace("${key}", each.table().key().quoted())
                .replace("${reference}", each.reference().quoted())
                .replace("${bits}", bits)
                .replace("${keys}", keyElement);
    }
}
