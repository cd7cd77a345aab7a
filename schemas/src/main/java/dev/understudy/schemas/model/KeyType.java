package dev.understudy.schemas.model;

import java.util.UUID;

/** The types that an entity's key may have. */
public enum KeyType {
    UUID,
    STRING,
    LONG;

    private static final int UUID_LENGTH = 36;

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
        // UUID.fromString also takes signs and shorter and longer groups, which would give one
        // entity several texts.
        if (text.length() != UUID_LENGTH
                || text.charAt(8) != '-'
                || text.charAt(13) != '-'
                || text.charAt(18) != '-'
                || text.charAt(23) != '-'
                || text.indexOf('+') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not a UUID");
        }
        return java.util.UUID.fromString(text);
    }

    private static long parseLong(String text) {
        try {
            long number = Long.parseLong(text);
            if (Long.toString(number).equals(text)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, as a number with a sign or zeros in front of it is.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a 64-bit integer in plain digits");
    }
}
