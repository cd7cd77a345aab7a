package dev.understudy.instance.write;

import dev.understudy.schemas.model.EntityField;
import org.jspecify.annotations.Nullable;

/**
 * A field that a write sets, to a value of the field's type or to null; a reference perhaps to an
 * {@link dev.understudy.store.AlternateId}, whose key is looked up in the write's transaction.
 */
public record GivenField(EntityField field, @Nullable Object value) {}
