package dev.understudy.schemas.model;

import java.util.UUID;

/** The types that an entity's key may have. */
public enum KeyType {
    UUID,
    STRING,
    LONG;

    /**
     * The key with this text.
     *
     * @throws IllegalArgumentException if the text is not a key of this type
     */
    public EntityKey parse(String text) {
        return switch (this) {
            case UUID -> new EntityKey.OfUuid(parseUuid(text));
            case STRING -> new EntityKey.OfString(text);
            case LONG -> new EntityKey.OfLong(parseLong(text));
        };
    }

    /**
     * The key that wraps a value of this type: a {@link java.util.UUID}, {@link String} or {@link
     * Long}.
     */
    public EntityKey of(Object value) {
        return switch (this) {
            case UUID -> new EntityKey.OfUuid((UUID) value);
            case STRING -> new EntityKey.OfString((String) value);
            case LONG -> new EntityKey.OfLong((Long) value);
        };
    }

    private static UUID parseUuid(String text) {
        // UUID.fromString also takes abbreviated groups, which would give one entity several texts.
        if (text.length() != 36) {
            throw new IllegalArgumentException("'" + text + "' is not a UUID");
        }
        return java.util.UUID.fromString(text);
    }

    private static long parseLong(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a 64-bit integer", e);
        }
    }
}
