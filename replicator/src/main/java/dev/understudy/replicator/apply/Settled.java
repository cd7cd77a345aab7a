package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.PoisonReason;
import dev.understudy.store.Outcome;
import java.time.Instant;

/** What became of a record; all of it is committed, what is left is to report it. */
sealed interface Settled {
    /** The store has seen the event. */
    record Applied(ChangeEvent event, Outcome outcome, Instant at) implements Settled {}

    /** The record can never be applied. */
    record Rejected(PoisonReason reason, String message, Instant at) implements Settled {}

    /** The owner has purged a deletion marker; nothing to do. */
    record Ignored() implements Settled {}
}
