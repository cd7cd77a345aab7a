package dev.understudy.schemas.model;

import java.util.UUID;

/**
 * An entity's ID. Its {@link #text} is the record key in Kafka; keys sort by that text, the order
 * in which every writer takes row locks.
 */
public sealed interface EntityKey extends Comparable<EntityKey> {
    /** The key's one textual form. */
    String text();

    /** What is bound to a statement: a {@link UUID}, {@link String} or {@link Long}. */
    Object value();

    @Override
    default int compareTo(EntityKey other) {
        return text().compareTo(other.text());
    }

    /** A key of {@link KeyType#UUID}. */
    record OfUuid(UUID value) implements EntityKey {
        @Override
        public String text() {
            return value.toString();
        }

        /** As the texts compare, without making them. */
        @Override
        public int compareTo(EntityKey other) {
            if (!(other instanceof OfUuid(UUID uuid))) {
                return text().compareTo(other.text());
            }
            int high =
                    Long.compareUnsigned(
                            value.getMostSignificantBits(), uuid.getMostSignificantBits());
            return high != 0
                    ? high
                    : Long.compareUnsigned(
                            value.getLeastSignificantBits(), uuid.getLeastSignificantBits());
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
