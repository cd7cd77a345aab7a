package dev.understudy.instance.write;

import dev.understudy.schemas.event.Version;
import dev.understudy.store.AlternateId;
import java.util.Set;

/** What must hold of the stored row for a write to be done. */
public sealed interface Precondition {
    /** Nothing. */
    record None() implements Precondition {}

    /** There is an entity; a placeholder is none. */
    record MustExist() implements Precondition {}

    /**
     * There is an entity, and it has the alternate key by which it was found.
     *
     * @param other what else must hold
     */
    record Holds(AlternateId key, Precondition other) implements Precondition {}

    /** There is no entity; a placeholder is none. */
    record MustNotExist() implements Precondition {}

    /** The row, or placeholder, has one of these versions. */
    record VersionIn(Set<Version> versions) implements Precondition {
        public VersionIn {
            versions = Set.copyOf(versions);
        }
    }

    /** The row, or placeholder, if there is one, has none of these versions. */
    record VersionNotIn(Set<Version> versions) implements Precondition {
        public VersionNotIn {
            versions = Set.copyOf(versions);
        }
    }
}
