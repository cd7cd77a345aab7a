package dev.understudy.schemas.model;

import java.util.UUID;

/** The order of values, which is PostgreSQL's: that of keys, and that in conditions. */
final class ValueOrder {
    private ValueOrder() {}

    /** Compares two values of one field. */
    static int compare(Object one, Object other) {
        return switch (one) {
            case String text -> compare(text, (String) other);
            case UUID uuid -> compare(uuid, (UUID) other);
            case Double number -> Double.compare(number + 0.0, (Double) other + 0.0);
            default -> naturally(one, other);
        };
    }

    /** By code points, so as their bytes in UTF-8: {@code COLLATE "C"}. */
    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char left = one.charAt(i);
            char right = other.charAt(i);
            if (left != right) {
                return Character.isSurrogate(left) == Character.isSurrogate(right)
                        ? Character.compare(left, right)
                        : Boolean.compare(
                                Character.isSurrogate(left), Character.isSurrogate(right));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** By their bytes. */
    static int compare(UUID one, UUID other) {
        int high =
                Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    @SuppressWarnings("unchecked")
    private static int naturally(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }
}
