package dev.understudy.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of one instance's catalog. Every committed state has all foreign keys satisfied, and no
 * row ever goes back to a lower version. Thread-safe. Every method throws {@link StoreException}
 * when the database is away.
 */
public interface EntityStore {
    /**
     * Applies change events of any types, duplicated and in any order, with placeholders for the
     * references among them that are missing. Of entities that claim one alternate key, the one of
     * the highest position holds it and the others cede it; a placeholder that was made for the key
     * becomes an alias of who comes with it. What is returned has been committed. Idempotent.
     *
     * @return one outcome per event, in their order; of several events of one entity those below
     *     the highest version are stale
     */
    List<Outcome> apply(List<ChangeEvent> events);

    /**
     * Runs work in one transaction, again from its start if it lost a race (deadlock,
     * serialization, a concurrent first write of the row), a bounded number of times.
     *
     * @throws StoreException if the work cannot be committed; anything the work throws rolls back
     *     and is passed on
     */
    <T> T write(TransactionWork<T> work);

    /** The row, whatever its state; for an alias, the row of the entity that it stands for. */
    Optional<EntityRow> read(EntityId id);

    /** The row that holds these values: hydrated, or a placeholder that was made for them. */
    Optional<EntityRow> find(AlternateId id);

    /**
     * Hydrated rows and placeholders in the database's order of keys, beginning after one. At most
     * {@code limit}.
     */
    List<EntityRow> page(EntityType type, Optional<EntityKey> after, int limit);

    /** The record states of those of these entities that have a row. */
    Map<EntityId, RecordState> states(Collection<EntityId> ids);

    /** Since when those of these entities that are placeholders have been waiting. */
    default Map<EntityId, Instant> placements(Collection<EntityId> ids) {
        Map<EntityId, Instant> placed = new HashMap<>();
        for (EntityId id : ids) {
            read(id).filter(row -> row.state() == RecordState.PLACEHOLDER)
                    .ifPresent(row -> placed.put(id, row.changedAt()));
        }
        return placed;
    }

    /** What those of these placeholders are called that somebody named when referring to them. */
    default Map<EntityId, String> names(Collection<EntityId> placeholders) {
        return Map.of();
    }

    /** What {@link #write} runs; may run more than once. */
    @FunctionalInterface
    interface TransactionWork<T> {
        T run(StoreTransaction transaction);
    }
}
