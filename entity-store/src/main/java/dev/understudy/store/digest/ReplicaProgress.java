package dev.understudy.store.digest;

import java.time.Instant;
import java.util.Optional;

/** How far a replica has come, all by its owner's clock. */
public interface ReplicaProgress {
    /** The owner's time now. */
    Instant ownerTime();

    /** Up to which time every change of a type has been applied; empty if nobody can say. */
    Optional<Instant> completeAsOf(String type);
}
