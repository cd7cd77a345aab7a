package dev.understudy.instance.publishing;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.util.List;
import java.util.Optional;

/** Reads the keys of an owner's rows, hydrated or deleted, that a snapshot consists of. */
@FunctionalInterface
public interface OwnedKeys {
    /** The next keys in the database's order, at most so many; none at the end. */
    List<EntityKey> page(EntityType type, Optional<EntityKey> after, int limit);
}
