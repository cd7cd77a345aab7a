package dev.understudy.store;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.ledger.Awaited;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One transaction of an owner's write path, bound to one thread. Let its exceptions pass: after one
 * the database takes nothing more in this transaction. What returns nothing may wait for the next
 * call, or the end, to go along with it; its exceptions come then.
 */
public interface StoreTransaction {
    /**
     * The row, locked against every other writer until the end of the transaction; empty if there
     * is none. For an alias, the row of the entity that it stands for.
     */
    Optional<EntityRow> lock(EntityId id);

    /** The same of many rows, in few round trips; without those that are not there. */
    default Map<EntityId, EntityRow> lockAll(Collection<EntityId> ids) {
        Map<EntityId, EntityRow> rows = new HashMap<>();
        for (EntityId id : new TreeSet<>(ids)) {
            lock(id).ifPresent(row -> rows.put(id, row));
        }
        return rows;
    }

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
     * exists. Starts the transaction again if one of them has become an alias: replace those first,
     * by {@link #withoutAliases}.
     *
     * @return the record states of all of them now
     */
    Map<EntityId, RecordState> place(Collection<EntityId> ids);

    /**
     * The same without waiting for the database.
     *
     * @param then is told the record states, before the transaction can commit; may throw
     */
    default void place(Collection<EntityId> ids, Consumer<Map<EntityId, RecordState>> then) {
        then.accept(place(ids));
    }

    /**
     * The record states of those of these entities that have a row; the rows stay until the end. Of
     * aliases as {@link #place}.
     */
    Map<EntityId, RecordState> states(Collection<EntityId> ids);

    /**
     * The entities that have these alternate keys, each with a placeholder under a provisional key
     * if there was none; the rows stay until the end.
     *
     * @return without those that have no row and whose type's keys cannot be derived
     */
    Map<AlternateId, EntityId> resolve(Collection<AlternateId> ids);

    /** The same content, referring to entities where it referred to aliases of them. */
    EntityContent withoutAliases(EntityContent content);

    /**
     * Inserts or replaces an owned row, at a version above the stored one. A placeholder that was
     * made for one of its alternate keys becomes its alias. Is sent with the next call that needs
     * an answer, else before the commit, and so is the refusal.
     *
     * @param row hydrated or deleted
     * @throws RowRefusedException there, if the database refuses its content, also for an alternate
     *     key that another entity has (SQLSTATE 23505)
     */
    void save(EntityRow row);

    /** The same of rows of different entities, in few statements. */
    default void saveAll(List<EntityRow> rows) {
        rows.forEach(this::save);
    }

    /** Sends what waits for the next call, so that its exceptions come now. */
    default void flush() {
        states(List.of());
    }

    /**
     * Writes a transactional logical message to the WAL, decoded with this transaction if it
     * commits.
     */
    void emit(String prefix, byte[] message);

    /**
     * Writes such a message of a row's content. If another schema of its type has been installed
     * since {@link #asInstalled} told it, the transaction is run again.
     */
    default void emit(String prefix, byte[] message, PublishedContent content) {
        emit(prefix, message);
    }

    /**
     * The content of a row that was saved or locked, for its change event: also with the fields
     * that a newer service's schema has added beside this one, which {@link #save} leaves as they
     * are.
     *
     * @param mayBeTold whether content of a newer schema can be published, as it can from before
     *     the first write by that schema on
     */
    default PublishedContent asInstalled(EntityRow row, Predicate<EntityType> mayBeTold) {
        return new PublishedContent(row.content(), "");
    }

    /**
     * Notes what somebody who refers to placeholders calls them, where nobody has said so before;
     * as {@link #emit}. Others than placeholders may not be among them.
     */
    default void hint(Map<EntityId, String> names) {
        throw new UnsupportedOperationException("names are not kept here");
    }

    /**
     * Notes that something is to be done once the entity and all that it refers to are hydrated; as
     * {@link #emit}. A note for the same purpose is renewed.
     */
    default void awaitComplete(EntityId id, String purpose) {
        throw new UnsupportedOperationException("nothing is awaited here");
    }

    /** Takes away such a note, if there is one; as {@link #emit}. */
    default void awaitNoMore(EntityId id, String purpose) {
        throw new UnsupportedOperationException("nothing is awaited here");
    }

    /** Takes such a note away with this transaction; false if it was renewed, or is gone. */
    default boolean settle(Awaited awaited) {
        throw new UnsupportedOperationException("nothing is awaited here");
    }

    /** Notes that the entity has changes which are to be published later; as {@link #emit}. */
    default void publishLater(EntityId id) {
        throw new UnsupportedOperationException("nothing is published here");
    }

    /** Notes that all its changes are published, with this transaction; as {@link #emit}. */
    default void published(EntityId id) {
        throw new UnsupportedOperationException("nothing is published here");
    }
}
