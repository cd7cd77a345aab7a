package dev.understudy.schemas.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one entity's fields, positional as {@link EntityType#fields}, each of the Java
 * class that its {@link FieldType} names or null. Immutable.
 */
public final class EntityContent {
    private final EntityType type;
    private final @Nullable Object[] values;

    private EntityContent(EntityType type, @Nullable Object[] values) {
        this.type = type;
        this.values = values;
    }

    /**
     * Content of these values, which are copied.
     *
     * @throws IllegalArgumentException if there are not as many values as fields
     */
    public static EntityContent of(EntityType type, @Nullable Object[] values) {
        if (values.length != type.fields().size()) {
            throw new IllegalArgumentException(
                    "%s has %d fields, not %d"
                            .formatted(type, type.fields().size(), values.length));
        }
        return new EntityContent(type, values.clone());
    }

    /** Content of only a key, as a placeholder or a deletion marker has. */
    public static EntityContent ofKey(EntityType type, EntityKey key) {
        @Nullable Object[] values = new Object[type.fields().size()];
        values[type.key().index()] = key.value();
        return new EntityContent(type, values);
    }

    public EntityType type() {
        return type;
    }

    public EntityKey key() {
        Object value = values[type.key().index()];
        if (value == null) {
            throw new IllegalStateException(type + " without a key");
        }
        return type.keyType().of(value);
    }

    public @Nullable Object value(EntityField field) {
        return values[field.index()];
    }

    /** The key that a reference field holds, or null if it refers to nothing. */
    public @Nullable EntityKey reference(EntityField field) {
        return switch (values[field.index()]) {
            case null -> null;
            case java.util.UUID uuid -> new EntityKey.OfUuid(uuid);
            case String text -> new EntityKey.OfString(text);
            case Long number -> new EntityKey.OfLong(number);
            case Object other ->
                    throw new IllegalStateException(
                            type + "." + field.name() + " holds no key but " + other);
        };
    }

    /** This content with another value in one field. */
    public EntityContent with(EntityField field, @Nullable Object value) {
        @Nullable Object[] changed = values.clone();
        changed[field.index()] = value;
        return new EntityContent(type, changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntityContent content
                && type.equals(content.type)
                && Arrays.equals(values, content.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(values);
    }
}
