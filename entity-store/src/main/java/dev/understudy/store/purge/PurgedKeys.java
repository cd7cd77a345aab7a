package dev.understudy.store.purge;

import dev.understudy.store.EntityId;
import java.util.List;

/**
 * Is told which markers a purge removes, to say so to others: for Kafka it emits what becomes a
 * null record. Bounded batches of one type.
 */
@FunctionalInterface
public interface PurgedKeys {
    /**
     * Called within the transaction that removes them, which it fails by throwing; may be called
     * again with the same, if that transaction lost a race.
     */
    void purged(List<EntityId> ids, Messages messages);

    /** Where messages go that are decoded from the WAL if the transaction commits. */
    @FunctionalInterface
    interface Messages {
        void emit(String prefix, byte[] message);
    }
}
