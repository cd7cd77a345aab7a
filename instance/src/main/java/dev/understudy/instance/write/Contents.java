package dev.understudy.instance.write;

import dev.understudy.schemas.codec.AvroValues;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** The content that a write results in. */
final class Contents {
    private Contents() {}

    /** The key, and the schema's defaults in all other fields. */
    static EntityContent defaults(EntityId id) {
        EntityContent content = EntityContent.ofKey(id.type(), id.key());
        for (EntityField field : id.type().fields()) {
            if (content.value(field) == null) {
                content = content.with(field, defaultValue(id.type(), field));
            }
        }
        return content;
    }

    static EntityContent with(EntityContent content, List<GivenField> given) {
        EntityContent changed = content;
        for (GivenField one : given) {
            changed = changed.with(one.field(), one.value());
        }
        return changed;
    }

    /** The refusal of content that lacks required fields. */
    static Optional<Refusal> missing(EntityContent content) {
        String names =
                content.type().fields().stream()
                        .filter(field -> field.required() && content.value(field) == null)
                        .map(EntityField::name)
                        .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Refusal.Reason.MISSING_FIELD,
                                content.type() + " requires " + names));
    }

    private static @Nullable Object defaultValue(EntityType type, EntityField field) {
        Schema.Field declared = type.schema().getFields().get(field.index());
        if (!declared.hasDefaultValue()) {
            return null;
        }
        Object value = GenericData.get().getDefaultValue(declared);
        return value == null ? null : AvroValues.fromAvro(field.schema(), field.type(), value);
    }
}
