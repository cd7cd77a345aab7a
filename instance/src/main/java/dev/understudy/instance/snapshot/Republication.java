package dev.understudy.instance.snapshot;

import dev.understudy.instance.write.ChangePublication;
import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.RefusedWriteException;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes owned rows again at their versions, deletion markers too: under the rows' locks and
 * through the WAL, like any write, so that a topic's last record of a key stays its highest
 * version. Thread-safe.
 */
public final class Republication {
    private static final Logger LOG = LoggerFactory.getLogger(Republication.class);
    private static final int SHOWN = 100;

    private final EntityStore store;
    private final ChangePublication publication;
    private final LongAdder refused = new LongAdder();
    private final Set<EntityId> leftOut = ConcurrentHashMap.newKeySet();

    public Republication(EntityStore store, ChangePublication publication) {
        this.store = store;
        this.publication = publication;
    }

    /**
     * Publishes these, in one transaction. One that is refused, since it is too large for Kafka, is
     * left out, and does not stand in the way of the others.
     *
     * @return those that there are; the others have no row, or only a placeholder
     */
    public Set<EntityId> publish(Collection<EntityId> ids) {
        try {
            Set<EntityId> known = publishAll(ids);
            leftOut.removeAll(ids);
            return known;
        } catch (RefusedWriteException e) {
            if (ids.size() == 1) {
                leaveOut(ids.iterator().next(), e.refusal());
                return Set.copyOf(ids);
            }
            Set<EntityId> known = new HashSet<>();
            ids.forEach(id -> known.addAll(publish(List.of(id))));
            return known;
        }
    }

    private void leaveOut(EntityId id, Refusal refusal) {
        refused.increment();
        if (leftOut.size() < SHOWN && leftOut.add(id)) {
            LOG.error("{} is not published again: {}", id, refusal.message());
        }
    }

    /** How often one was left out. */
    public long refused() {
        return refused.sum();
    }

    /** The first ones that were left out, and have not been published again since. */
    public Set<EntityId> leftOut() {
        return Set.copyOf(leftOut);
    }

    private Set<EntityId> publishAll(Collection<EntityId> ids) {
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
