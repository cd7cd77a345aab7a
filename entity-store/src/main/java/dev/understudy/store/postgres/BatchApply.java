package dev.understudy.store.postgres;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.postgres.Batch.Change;
import dev.understudy.store.purge.Echoes;
import dev.understudy.store.sql.LostRaceException;
import dev.understudy.store.sql.ProgramLimit;
import dev.understudy.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch's changes inside a transaction of the caller's. Rows and missing placeholders of
 * a type go in one statement, types and keys sorted: one order for whatever a batch inserts or
 * locks, so that two batches that miss each other's rows do not deadlock.
 */
final class BatchApply {
    private final Catalog catalog;
    private final AllRows rows;
    private final Claims claims;

    BatchApply(Catalog catalog, AllRows rows, Claims claims) {
        this.catalog = catalog;
        this.rows = rows;
        this.claims = claims;
    }

    /** How rows that claim alternate keys are stored. */
    enum Claiming {
        /** As if nobody else held the values: fails if somebody does. */
        OPTIMISTIC,
        /** Looking first whether somebody does. */
        CAREFUL
    }

    /**
     * All changes at once.
     *
     * @return outcomes by the index of the event
     * @throws SQLException if the database refuses any of them
     */
    Map<Integer, Outcome> all(Connection connection, List<Change> changes, Claiming claiming)
            throws SQLException {
        try {
            return stored(connection, changes, claiming);
        } catch (SQLException e) {
            if (claiming == Claiming.CAREFUL && claims.areTaken(e)) {
                throw new LostRaceException("somebody else came to hold an alternate key", e);
            }
            throw e;
        }
    }

    private Map<Integer, Outcome> stored(
            Connection connection, List<Change> given, Claiming claiming) throws SQLException {
        execute(connection, "SET CONSTRAINTS ALL DEFERRED");
        Set<EntityId> echoes = echoes(connection, given);
        List<Change> changes =
                given.stream().filter(change -> !echoes.contains(change.id())).toList();
        Set<EntityId> outside = Batch.outside(changes);
        Map<EntityId, RecordState> there = states(connection, outside);
        Map<EntityId, EntityId> aliases = aliases(connection, there);
        TreeMap<EntityId, StoredRow> stored = new TreeMap<>();
        for (Change change : changes) {
            stored.put(change.id(), withoutAliases(change.row(), aliases));
        }
        for (EntityId id : outside) {
            if (!there.containsKey(id)) {
                stored.put(id, StoredRow.placeholder(id));
            }
        }
        Map<EntityType, List<StoredRow>> byType = new LinkedHashMap<>();
        for (StoredRow row : stored.values()) {
            byType.computeIfAbsent(row.content().type(), _ -> new ArrayList<>()).add(row);
        }
        Map<EntityId, Upsert.Stored> returned = upsert(connection, byType, claiming);
        Map<EntityId, Duration> awaited = claims.settle(connection, byType.keySet()).waited();
        // Here and not in the commit, so that an error can still be told apart and isolated.
        execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        Map<Integer, Outcome> outcomes = HashMap.newHashMap(changes.size());
        for (Change change : changes) {
            outcomes.put(
                    change.index(),
                    outcome(change, returned.get(change.id()), awaited.get(change.id())));
        }
        for (Change change : given) {
            outcomes.putIfAbsent(change.index(), new Outcome.Stale());
        }
        return outcomes;
    }

    /** What comes again from before a purge, and would make anew what was purged. */
    private Set<EntityId> echoes(Connection connection, List<Change> changes) throws SQLException {
        Map<EntityId, Position> positions = HashMap.newHashMap(changes.size());
        for (Change change : changes) {
            Position position = change.row().position();
            if (position != null) {
                positions.put(change.id(), position);
            }
        }
        Set<EntityId> suspected = Echoes.suspected(connection, positions);
        if (suspected.isEmpty()) {
            return Set.of();
        }
        Set<EntityId> echoes = new HashSet<>(suspected);
        rows.states(connection, suspected)
                .forEach((id, state) -> {
                    if (state == RecordState.HYDRATED || state == RecordState.DELETED) {
                        echoes.remove(id);
                    }
                });
        return echoes;
    }

    /** All changes that the database takes; those that it does not are found by halving. */
    Map<Integer, Outcome> isolating(Connection connection, List<Change> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return Map.of();
        }
        Savepoint before = connection.setSavepoint();
        try {
            Map<Integer, Outcome> outcomes = all(connection, changes, Claiming.CAREFUL);
            connection.releaseSavepoint(before);
            return outcomes;
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.REFUSED) {
                throw e;
            }
            connection.rollback(before);
            ProgramLimit.requireWritable(connection, e);
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

    /** A placeholder with a provisional key must not become an alias before this has committed. */
    private Map<EntityId, RecordState> states(Connection connection, Set<EntityId> outside)
            throws SQLException {
        Map<EntityId, RecordState> states = new HashMap<>(rows.states(connection, outside));
        List<EntityId> provisional =
                outside.stream().filter(id -> AlternateId.mayBeProvisional(id.key())).toList();
        if (!provisional.isEmpty()) {
            states.putAll(rows.heldStates(connection, provisional));
        }
        return states;
    }

    private Map<EntityId, EntityId> aliases(
            Connection connection, Map<EntityId, RecordState> references) throws SQLException {
        List<EntityId> aliases = new ArrayList<>();
        references.forEach((id, state) -> {
            if (state == RecordState.ALIAS) {
                aliases.add(id);
            }
        });
        return aliases.isEmpty() ? Map.of() : rows.aliases(connection, aliases);
    }

    private StoredRow withoutAliases(StoredRow row, Map<EntityId, EntityId> aliases) {
        return aliases.isEmpty()
                ? row
                : row.with(References.replaced(catalog, row.content(), aliases));
    }

    private Map<EntityId, Upsert.Stored> upsert(
            Connection connection, Map<EntityType, List<StoredRow>> byType, Claiming claiming)
            throws SQLException {
        Map<EntityId, Upsert.Stored> returned = new HashMap<>();
        for (Map.Entry<EntityType, List<StoredRow>> some : byType.entrySet()) {
            EntityType type = some.getKey();
            List<StoredRow> ofType =
                    switch (claiming) {
                        case OPTIMISTIC -> some.getValue();
                        case CAREFUL -> claims.cedingWhatIsTaken(connection, type, some.getValue());
                    };
            rows.of(type)
                    .upsert()
                    .run(connection, ofType)
                    .forEach((key, row) -> returned.put(new EntityId(type, key), row));
        }
        return returned;
    }

    private static Outcome outcome(
            Change change, Upsert.@Nullable Stored stored, @Nullable Duration awaited) {
        if (stored == null) {
            return new Outcome.Stale();
        }
        if (change.row().state() == RecordState.DELETED) {
            return new Outcome.Deleted();
        }
        return stored.waited()
                .or(() -> Optional.ofNullable(awaited))
                .<Outcome>map(Outcome.Hydrated::new)
                .orElseGet(Outcome.Applied::new);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
