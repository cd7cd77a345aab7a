package dev.understudy.store.ledger;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;

/** How many rows of a type refer to what was asked for in this field. */
public record ReferrerCount(EntityType type, EntityField field, long rows) {}
