package dev.understudy.store;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * One transaction of an owner's write path, bound to one thread. Let its exceptions pass: after one
 * the database takes nothing more in this transaction.
 */
public interface StoreTransaction {
    /**
     * The row, locked against every other writer until the end of the transaction; empty if there
     * is none.
     */
    Optional<EntityRow> lock(EntityId id);

    /**
     * The highest version that a purged deletion marker of this type had; an entity that has no row
     * of its own yet starts above it. Read after {@link #lock}, since a purge may have come
     * between.
     */
    default Version floor(EntityType type) {
        return Version.NONE;
    }

    /**
     * Inserts a placeholder for each of these entities that has no row, and changes nothing that
     * exists.
     *
     * @return the record states of all of them now
     */
    Map<EntityId, RecordState> place(Collection<EntityId> ids);

    /**
     * The record states of those of these entities that have a row; the rows stay until the end.
     */
    Map<EntityId, RecordState> states(Collection<EntityId> ids);

    /**
     * Inserts or replaces an owned row, at a version above the stored one.
     *
     * @param row hydrated or deleted
     * @throws RowRefusedException if the database refuses its content
     */
    void save(EntityRow row);

    /**
     * Writes a transactional logical message to the WAL, decoded with this transaction if it
     * commits.
     */
    void emit(String prefix, byte[] message);
}
