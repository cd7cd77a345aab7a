package dev.understudy.replicator.apply;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityStore;
import java.util.Collection;

/**
 * Where records go.
 *
 * @param purge removes the deletion markers that the owner has purged
 */
public record Replica(EntityStore store, Purge purge) {
    /** What is done with the keys of null records, after all that came before them. */
    @FunctionalInterface
    public interface Purge {
        void purged(EntityType type, Collection<EntityKey> keys);
    }
}
