package dev.understudy.instance.web;

import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;

/** How a URL names one entity. */
sealed interface EntityAddress {
    EntityType type();

    /** {@code accounts(7f…)}. */
    record ByKey(EntityId id) implements EntityAddress {
        @Override
        public EntityType type() {
            return id.type();
        }
    }

    /** {@code accounts(accountNumber='A-1')}. */
    record ByAlternateKey(AlternateId id) implements EntityAddress {
        @Override
        public EntityType type() {
            return id.type();
        }
    }
}
