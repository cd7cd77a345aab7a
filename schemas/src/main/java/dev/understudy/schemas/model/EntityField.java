package dev.understudy.schemas.model;

import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * One field of an entity type.
 *
 * @param index its place in the type's fields and in {@link EntityContent}
 * @param schema its Avro schema, without the null of an optional field
 * @param required whether a hydrated row must have a value
 */
public record EntityField(
        int index,
        String name,
        Schema schema,
        FieldType type,
        boolean required,
        Optional<Reference> reference) {

    /** The OData navigation property of a reference: {@code account} for {@code accountId}. */
    public String navigation() {
        return name.endsWith("Id") && name.length() > 2
                ? name.substring(0, name.length() - 2)
                : name + "Reference";
    }

    EntityField withoutReferenceTo(Set<String> types) {
        return reference.filter(target -> types.contains(target.type())).isEmpty()
                ? this
                : new EntityField(index, name, schema, type, required, Optional.empty());
    }
}
