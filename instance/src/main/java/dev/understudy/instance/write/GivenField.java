package dev.understudy.instance.write;

import dev.understudy.schemas.model.EntityField;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field that a write sets, to a value of the field's type or to null; a reference perhaps to an
 * {@link dev.understudy.store.AlternateId}, whose key is looked up in the write's transaction.
 *
 * @param name of a reference: what the entity is called, should a placeholder stand for it
 */
public record GivenField(EntityField field, @Nullable Object value, Optional<String> name) {
    public GivenField(EntityField field, @Nullable Object value) {
        this(field, value, Optional.empty());
    }
}
