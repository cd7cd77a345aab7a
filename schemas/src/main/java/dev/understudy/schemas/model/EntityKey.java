package dev.understudy.schemas.model;

import java.util.UUID;

/**
 * An entity's ID. Its {@link #text} is the record key in Kafka; keys of one type sort as in
 * PostgreSQL, the order in which every writer takes row locks: numbers by value, texts and UUIDs by
 * their bytes.
 */
public sealed interface EntityKey extends Comparable<EntityKey> {
    /** The key's one textual form. */
    String text();

    /** What is bound to a statement: a {@link UUID}, {@link String} or {@link Long}. */
    Object value();

    @Override
    default int compareTo(EntityKey other) {
        return getClass() == other.getClass()
                ? ValueOrder.compare(value(), other.value())
                : text().compareTo(other.text());
    }

    /** A key of {@link KeyType#UUID}. */
    record OfUuid(UUID value) implements EntityKey {
        @Override
        public String text() {
            return value.toString();
        }
    }

    /** A key of {@link KeyType#STRING}: not empty, at most 1,000 characters, no NUL. */
    record OfString(String value) implements EntityKey {
        private static final int MAX_LENGTH = 1000;

        public OfString {
            if (value.isEmpty() || value.length() > MAX_LENGTH || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "a string key has 1 to " + MAX_LENGTH + " characters and no NUL");
            }
        }

        @Override
        public String text() {
            return value;
        }
    }

    /** A key of {@link KeyType#LONG}. */
    record OfLong(Long value) implements EntityKey {
        @Override
        public String text() {
            return value.toString();
        }
    }
}
