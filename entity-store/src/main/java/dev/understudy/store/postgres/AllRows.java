package dev.understudy.store.postgres;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import dev.understudy.store.sql.RowReader;
import dev.understudy.store.sql.Statements;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The statements of every type, made once, and what runs over several types. */
final class AllRows {
    private final Tables tables;
    private final Map<String, Rows> byType = new HashMap<>();

    AllRows(Tables tables) {
        this.tables = tables;
        tables.all().forEach(table -> byType.put(table.type().fullName(), new Rows(table)));
    }

    Rows of(EntityType type) {
        Rows rows = byType.get(tables.of(type).type().fullName());
        if (rows == null) {
            throw new IllegalStateException(type + " has a table but no statements");
        }
        return rows;
    }

    /** The record states of those that have a row, as they are now. */
    Map<EntityId, RecordState> states(Connection connection, Collection<EntityId> ids)
            throws SQLException {
        return found(ids, (rows, keys) -> rows.lookUps().states(connection, keys));
    }

    /** The versions of those that have a row; an alias has the highest there is. */
    Map<EntityId, Version> versions(Connection connection, Collection<EntityId> ids)
            throws SQLException {
        return found(ids, (rows, keys) -> rows.lookUps().versions(connection, keys));
    }

    /** Adds the record states of those that have a row, which then cannot go before the commit. */
    void heldStates(
            Statements statements, Collection<EntityId> ids, Map<EntityId, RecordState> states)
            throws SQLException {
        for (List<EntityId> some : byType(ids)) {
            of(some.getFirst().type()).lookUps().heldStates(statements, keys(some), states);
        }
    }

    /** Those that have a row, held against other writers. */
    void lockAll(Statements statements, Collection<EntityId> ids, Consumer<RowReader.Found> found)
            throws SQLException {
        for (List<EntityId> some : byType(ids)) {
            of(some.getFirst().type()).lockAll(statements, keys(some), found);
        }
    }

    /** When those that are placeholders were placed. */
    Map<EntityId, Instant> placements(Connection connection, Collection<EntityId> ids)
            throws SQLException {
        return found(ids, (rows, keys) -> rows.lookUps().placements(connection, keys));
    }

    /** Of these, those that are aliases, with their entities. */
    Map<EntityId, EntityId> aliases(Connection connection, Collection<EntityId> ids)
            throws SQLException {
        return found(ids, (rows, keys) -> rows.lookUps().aliases(connection, keys));
    }

    /** Inserts placeholders where there is no row. */
    void place(Statements statements, Collection<EntityId> ids) throws SQLException {
        for (List<EntityId> some : byType(ids)) {
            of(some.getFirst().type()).place(statements, keys(some));
        }
    }

    /** What is asked of one type's rows. */
    @FunctionalInterface
    private interface LookUp<T> {
        Map<EntityId, T> find(Rows rows, List<EntityKey> keys) throws SQLException;
    }

    private <T> Map<EntityId, T> found(Collection<EntityId> ids, LookUp<T> lookUp)
            throws SQLException {
        Map<EntityType, List<EntityKey>> keys = new HashMap<>();
        for (EntityId id : ids) {
            keys.computeIfAbsent(id.type(), _ -> new ArrayList<>()).add(id.key());
        }
        Map<EntityId, T> found = new HashMap<>();
        for (Map.Entry<EntityType, List<EntityKey>> some : keys.entrySet()) {
            found.putAll(lookUp.find(of(some.getKey()), some.getValue()));
        }
        return found;
    }

    /** Sorted, as every writer takes locks. */
    static List<List<EntityId>> byType(Collection<EntityId> ids) {
        List<List<EntityId>> groups = new ArrayList<>();
        for (EntityId id : new TreeSet<>(ids)) {
            if (groups.isEmpty() || !groups.getLast().getFirst().type().equals(id.type())) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(id);
        }
        return groups;
    }

    private static List<EntityKey> keys(List<EntityId> ids) {
        return ids.stream().map(EntityId::key).toList();
    }
}
