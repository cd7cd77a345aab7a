package dev.understudy.instance.write;

import dev.understudy.store.EntityRow;

/** What became of a write. */
public sealed interface WriteResult {
    /** Committed: a new entity, also where a placeholder or a deletion marker stood. */
    record Created(EntityRow row) implements WriteResult {}

    /** Committed: the entity's next version, also if nothing differs. */
    record Updated(EntityRow row) implements WriteResult {}

    /** Committed: the row is a deletion marker. */
    record Deleted(EntityRow row) implements WriteResult {}

    /** Nothing was done. */
    record Refused(Refusal refusal) implements WriteResult {}
}
