package dev.understudy.instance.web;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.KeyType;
import java.util.UUID;

/** Keys of entities whose callers give none. */
final class Keys {
    private Keys() {}

    static EntityKey generated(EntityType type) {
        if (type.keyType() != KeyType.UUID) {
            throw new ApiException(
                    ErrorCode.MISSING_FIELD, "%s requires %s".formatted(type, type.key().name()));
        }
        return type.keyType().of(UUID.randomUUID());
    }
}
