package dev.understudy.store.digest;

import dev.understudy.store.RecordState;
import java.time.Instant;

/** How owner and replica differ in one row. */
public sealed interface Difference {
    String key();

    /** The owner has this row, entity or deletion marker, and the replica has none. */
    record Missing(String key, RecordState state, long version) implements Difference {}

    /** The replica has this row, entity or deletion marker, and the owner has none. */
    record Extra(String key, RecordState state, long version) implements Difference {}

    /** The versions differ; a replica that is ahead has seen what its owner has lost. */
    record OtherVersion(String key, long owner, long replica) implements Difference {}

    /** The version is the same, and a compared field or the record state is not. */
    record OtherContent(String key, long version) implements Difference {}

    /** The replica has only the placeholder of what the owner has at this version. */
    record Placeholder(String key, long version) implements Difference {}

    /** The replica has an entity of this version that its subset leaves out. */
    record Outside(String key, long version) implements Difference {}

    /**
     * The same, but in the replica another entity has claimed an alternate key of this one.
     *
     * @param alternateKeys bit i for alternate key i
     */
    record Ceded(String key, long version, int alternateKeys) implements Difference {}

    /** As missing, placeholder or behind; the owner wrote it after the replica's complete-as-of. */
    record InFlight(String key, long owner, Instant changedAt) implements Difference {}
}
