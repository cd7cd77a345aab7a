package dev.understudy.store;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import java.time.Instant;

/**
 * One row as it is stored.
 *
 * @param content only the key unless the row is hydrated
 * @param version {@link Version#NONE} for a placeholder
 * @param changedAt for an owned row when it was written, for a replica when its owner wrote it; for
 *     a placeholder when it was placed
 */
public record EntityRow(
        EntityContent content, RecordState state, Version version, Instant changedAt) {
    public EntityId id() {
        return new EntityId(content.type(), content.key());
    }
}
