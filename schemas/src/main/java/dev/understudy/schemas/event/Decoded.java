package dev.understudy.schemas.event;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import org.jspecify.annotations.Nullable;

/** What a record on a topic of change events turned out to be. */
public sealed interface Decoded {
    record Change(ChangeEvent event) implements Decoded {}

    /** A null value: the owner has purged its deletion marker, and every target is past it. */
    record Purged(EntityType type, EntityKey key) implements Decoded {}

    /** A record that can never be applied. */
    record Poison(PoisonReason reason, String message, @Nullable Throwable cause)
            implements Decoded {}
}
