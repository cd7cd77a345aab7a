package dev.understudy.store;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityContent;
import java.time.Instant;
import java.util.List;

/**
 * One row as it is stored.
 *
 * @param content only the key unless the row is hydrated
 * @param version {@link Version#NONE} for a placeholder
 * @param changedAt for an owned row when it was written, for a replica when its owner wrote it; for
 *     a placeholder when it was placed
 * @param ceded the alternate keys whose values another entity holds, by a higher position: this one
 *     was seen before its own event that gives them up
 */
public record EntityRow(
        EntityContent content,
        RecordState state,
        Version version,
        Instant changedAt,
        List<AlternateKey> ceded) {
    public EntityRow {
        ceded = List.copyOf(ceded);
    }

    /** A row that holds all its alternate keys, as every owned row does. */
    public EntityRow(EntityContent content, RecordState state, Version version, Instant changedAt) {
        this(content, state, version, changedAt, List.of());
    }

    public EntityId id() {
        return new EntityId(content.type(), content.key());
    }
}
