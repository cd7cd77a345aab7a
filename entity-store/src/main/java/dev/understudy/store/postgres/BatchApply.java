package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.postgres.Batch.Change;
import dev.understudy.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch's changes inside a transaction of the caller's. Rows and missing placeholders of
 * a type go in one statement, types and keys sorted: one order for whatever a batch inserts or
 * locks, so that two batches that miss each other's rows do not deadlock.
 */
final class BatchApply {
    private final AllRows rows;

    BatchApply(AllRows rows) {
        this.rows = rows;
    }

    /**
     * All changes at once.
     *
     * @return outcomes by the index of the event
     * @throws SQLException if the database refuses any of them
     */
    Map<Integer, Outcome> all(Connection connection, List<Change> changes) throws SQLException {
        execute(connection, "SET CONSTRAINTS ALL DEFERRED");
        TreeMap<EntityId, StoredRow> stored = new TreeMap<>();
        changes.forEach(change -> stored.put(change.id(), change.row()));
        for (EntityId missing : missing(connection, changes)) {
            stored.put(missing, StoredRow.placeholder(missing));
        }
        Map<EntityId, Upsert.Stored> returned = upsert(connection, stored.values());
        // Here and not in the commit, so that an error can still be told apart and isolated.
        execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        Map<Integer, Outcome> outcomes = HashMap.newHashMap(changes.size());
        for (Change change : changes) {
            outcomes.put(change.index(), outcome(change, returned.get(change.id())));
        }
        return outcomes;
    }

    /** All changes that the database takes; those that it does not are found by halving. */
    Map<Integer, Outcome> isolating(Connection connection, List<Change> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return Map.of();
        }
        Savepoint before = connection.setSavepoint();
        try {
            Map<Integer, Outcome> outcomes = all(connection, changes);
            connection.releaseSavepoint(before);
            return outcomes;
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.REFUSED) {
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (changes.size() == 1) {
                return refused(connection, changes.getFirst(), e);
            }
        }
        int half = changes.size() / 2;
        Map<Integer, Outcome> outcomes =
                new HashMap<>(isolating(connection, changes.subList(0, half)));
        outcomes.putAll(isolating(connection, changes.subList(half, changes.size())));
        return outcomes;
    }

    /** What this one had superseded gets its turn. */
    private Map<Integer, Outcome> refused(Connection connection, Change change, SQLException why)
            throws SQLException {
        Map<Integer, Outcome> outcomes = new HashMap<>();
        outcomes.put(
                change.index(),
                new Outcome.Refused(SqlFailure.state(why), SqlFailure.message(why)));
        List<Change> superseded = change.superseded();
        if (!superseded.isEmpty()) {
            Change next =
                    superseded.getFirst().superseding(superseded.subList(1, superseded.size()));
            outcomes.putAll(isolating(connection, List.of(next)));
        }
        return outcomes;
    }

    private List<EntityId> missing(Connection connection, List<Change> changes)
            throws SQLException {
        Set<EntityId> outside = Batch.outside(changes);
        Set<EntityId> there = rows.states(connection, outside).keySet();
        return outside.stream().filter(id -> !there.contains(id)).toList();
    }

    private Map<EntityId, Upsert.Stored> upsert(Connection connection, Collection<StoredRow> sorted)
            throws SQLException {
        Map<EntityType, List<StoredRow>> byType = new LinkedHashMap<>();
        for (StoredRow row : sorted) {
            byType.computeIfAbsent(row.content().type(), _ -> new ArrayList<>()).add(row);
        }
        Map<EntityId, Upsert.Stored> returned = HashMap.newHashMap(sorted.size());
        for (Map.Entry<EntityType, List<StoredRow>> some : byType.entrySet()) {
            Map<EntityKey, Upsert.Stored> stored =
                    rows.of(some.getKey()).upsert().run(connection, some.getValue());
            stored.forEach((key, row) -> returned.put(new EntityId(some.getKey(), key), row));
        }
        return returned;
    }

    private static Outcome outcome(Change change, Upsert.@Nullable Stored stored) {
        if (stored == null) {
            return new Outcome.Stale();
        }
        if (change.row().state() == RecordState.DELETED) {
            return new Outcome.Deleted();
        }
        return stored.waited().<Outcome>map(Outcome.Hydrated::new).orElseGet(Outcome.Applied::new);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
