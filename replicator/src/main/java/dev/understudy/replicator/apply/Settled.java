package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.PoisonReason;
import dev.understudy.store.Outcome;
import java.time.Instant;

/** What became of a record; all of it is committed, what is left is to report it. */
sealed interface Settled {
    /** The store has seen the event. */
    record Applied(ChangeEvent event, Outcome outcome, Instant at) implements Settled {}

    /**
     * The record cannot be applied as it is.
     *
     * @param fault the exception's class, or what the database calls it
     */
    record Rejected(PoisonReason reason, String message, String fault, Instant at)
            implements Settled {}

    /** The owner has purged a deletion marker; the replica keeps its own. */
    record Purged() implements Settled {}
}
