package dev.understudy.schemas.model;

import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A type with fewer fields: a schema of its own, so that Avro drops the others as events are read
 * and the table never has their columns.
 */
final class Projection {
    private static final String ALTERNATE_KEYS = "entity.alternateKeys";
    private static final String DISPLAY_FIELD = "entity.displayField";

    private Projection() {}

    static EntityType of(EntityType type, Set<String> names) {
        for (String name : names) {
            if (type.field(name).isEmpty()) {
                throw new ModelException(
                        "%s has no field '%s' that a subset could keep".formatted(type, name));
            }
        }
        Schema whole = type.schema();
        Schema narrow =
                Schema.createRecord(whole.getName(), whole.getDoc(), whole.getNamespace(), false);
        narrow.setFields(
                whole.getFields().stream()
                        .filter(field -> names.contains(field.name()))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
        whole.getObjectProps()
                .forEach((name, value) -> {
                    if (name.equals(ALTERNATE_KEYS)) {
                        narrow.addProp(name, whole(type, names));
                    } else if (!name.equals(DISPLAY_FIELD)
                            || names.contains(String.valueOf(value))) {
                        narrow.addProp(name, value);
                    }
                });
        return EntityType.of(narrow);
    }

    /** The alternate keys of which no field is missing. */
    private static List<List<String>> whole(EntityType type, Set<String> names) {
        return type.alternateKeys().stream()
                .map(key -> key.fields().stream().map(EntityField::name).toList())
                .filter(names::containsAll)
                .toList();
    }
}
