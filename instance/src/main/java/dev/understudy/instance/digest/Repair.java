package dev.understudy.instance.digest;

import dev.understudy.instance.snapshot.Republication;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says the owner's word on entities again, at a version that wins at every replica: the entity as
 * it is, or a deletion if the owner does not have it. Steps of the write pipeline do not run, since
 * no content changes.
 */
@Singleton
@Requires(beans = Republication.class)
final class Repair {
    private final EntityStore store;
    private final Republication republication;
    private final Clock clock;

    Repair(EntityStore store, Republication republication, Clock clock) {
        this.store = store;
        this.republication = republication;
        this.clock = clock;
    }

    /**
     * An entity that differs.
     *
     * @param seen the version at the replica, which the repair has to exceed
     */
    record Differing(EntityId id, Version seen) {}

    /** What was published. */
    record Repaired(int entities, int deletions) {}

    /** Repairs all of them in one transaction, under the rows' locks and through the WAL. */
    Repaired repair(Collection<Differing> differing) {
        // In the order in which every writer takes locks.
        Map<EntityId, Version> sorted = new TreeMap<>();
        differing.forEach(one -> sorted.merge(one.id(), one.seen(), Repair::higher));
        return store.write(transaction -> {
            int entities = 0;
            int deletions = 0;
            for (Map.Entry<EntityId, Version> one : sorted.entrySet()) {
                Optional<EntityRow> row = held(transaction, one.getKey());
                if (row.isPresent() && !row.get().id().equals(one.getKey())) {
                    // The key stands for another entity: no event of this key is true.
                    continue;
                }
                EntityRow next = next(transaction, row, one.getKey(), one.getValue());
                transaction.save(next);
                republication.publish(transaction, next);
                entities += next.state() == RecordState.HYDRATED ? 1 : 0;
                deletions += next.state() == RecordState.DELETED ? 1 : 0;
            }
            return new Repaired(entities, deletions);
        });
    }

    /** What has no row gets a placeholder: a lock on nothing would let another writer create it. */
    private static Optional<EntityRow> held(StoreTransaction transaction, EntityId id) {
        Optional<EntityRow> row = transaction.lock(id);
        if (row.isPresent()) {
            return row;
        }
        transaction.place(List.of(id));
        return transaction.lock(id);
    }

    private EntityRow next(
            StoreTransaction transaction, Optional<EntityRow> found, EntityId id, Version seen) {
        Optional<EntityRow> row =
                found.filter(present -> present.state() != RecordState.PLACEHOLDER);
        Version known = row.map(EntityRow::version).orElseGet(() -> transaction.floor(id.type()));
        return new EntityRow(
                row.map(EntityRow::content)
                        .orElseGet(() -> EntityContent.ofKey(id.type(), id.key())),
                row.map(EntityRow::state).orElse(RecordState.DELETED),
                higher(known, seen).next(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private static Version higher(Version one, Version other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
