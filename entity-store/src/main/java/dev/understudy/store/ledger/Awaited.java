package dev.understudy.store.ledger;

import dev.understudy.schemas.event.Version;
import dev.understudy.store.EntityId;

/**
 * A note that something is to be done once an entity is complete, and how the entity is.
 *
 * @param seq of the note: another one if it was renewed
 * @param version of the entity when it was looked at
 */
public record Awaited(long seq, String purpose, EntityId id, Version version, Now now) {
    /** How an entity is. */
    public enum Now {
        /** It, or something that it refers to, is not hydrated. */
        INCOMPLETE,
        /** It and all that it refers to are hydrated. */
        COMPLETE,
        /** It was deleted. */
        GONE
    }
}
