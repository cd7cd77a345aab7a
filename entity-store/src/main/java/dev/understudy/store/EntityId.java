package dev.understudy.store;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.util.Comparator;

/** A type and a key: one entity. Sorts by both, the order in which rows are locked. */
public record EntityId(EntityType type, EntityKey key) implements Comparable<EntityId> {
    private static final Comparator<EntityId> ORDER =
            Comparator.comparing((EntityId id) -> id.type().fullName())
                    .thenComparing(EntityId::key);

    @Override
    public int compareTo(EntityId other) {
        // Most are compared within a type.
        return type.equals(other.type) ? key.compareTo(other.key) : ORDER.compare(this, other);
    }
}
