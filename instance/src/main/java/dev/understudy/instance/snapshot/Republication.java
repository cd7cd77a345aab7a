package dev.understudy.instance.snapshot;

import dev.understudy.instance.write.ChangePublication;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Publishes owned rows again at their versions, deletion markers too: under the rows' locks and
 * through the WAL, like any write, so that a topic's last record of a key stays its highest
 * version. Thread-safe.
 */
public final class Republication {
    private final EntityStore store;
    private final ChangePublication publication;

    public Republication(EntityStore store, ChangePublication publication) {
        this.store = store;
        this.publication = publication;
    }

    /**
     * Publishes these in one transaction.
     *
     * @return those that there are; the others have no row, or only a placeholder
     */
    public Set<EntityId> publish(Collection<EntityId> ids) {
        // In the order in which every writer takes locks.
        Set<EntityId> sorted = new TreeSet<>(ids);
        return store.write(transaction -> {
            Set<EntityId> known = new HashSet<>();
            for (EntityId id : sorted) {
                if (publish(transaction, id)) {
                    known.add(id);
                }
            }
            return known;
        });
    }

    private boolean publish(StoreTransaction transaction, EntityId id) {
        Optional<EntityRow> row =
                transaction.lock(id).filter(found -> found.state() != RecordState.PLACEHOLDER);
        row.ifPresent(found -> publish(transaction, found));
        return row.isPresent();
    }

    /** Publishes a row, at once also where its type has a schedule. */
    public void publish(StoreTransaction transaction, EntityRow row) {
        publication.publish(transaction, row, row.content(), Optional.empty());
    }
}
