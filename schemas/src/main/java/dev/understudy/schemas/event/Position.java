package dev.understudy.schemas.event;

import java.util.Comparator;
import java.util.Locale;

/**
 * Where a change stands among all changes of one owner.
 *
 * @param epoch rises when the order of LSNs was broken: slot lost, restored, failed over
 * @param commitLsn byte offset of the transaction's commit in the owner's WAL, unsigned
 */
public record Position(long epoch, long commitLsn) implements Comparable<Position> {
    private static final int EPOCH_DIGITS = 18;
    private static final int HALF_DIGITS = 8;
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::epoch)
                    .thenComparing(Position::commitLsn, Long::compareUnsigned);

    public Position {
        if (epoch < 0) {
            throw new IllegalArgumentException("an epoch is not negative: " + epoch);
        }
    }

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException if the text is not a position
     */
    public static Position parse(String text) {
        int colon = text.indexOf(':');
        int slash = text.indexOf('/');
        if (colon < 0 || slash < colon) {
            throw notOne(text);
        }
        long epoch = number(text, 0, colon, EPOCH_DIGITS, 10);
        long high = number(text, colon + 1, slash, HALF_DIGITS, 16);
        long low = number(text, slash + 1, text.length(), HALF_DIGITS, 16);
        return new Position(epoch, (high << 32) | low);
    }

    private static long number(String text, int from, int to, int maxDigits, int radix) {
        long number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            boolean isDigit = digit >= '0' && digit <= '9';
            if (!isDigit && (radix == 10 || digit < 'A' || digit > 'F')) {
                throw notOne(text);
            }
            number = number * radix + (isDigit ? digit - '0' : digit - 'A' + 10);
        }
        if (from == to || to - from > maxDigits) {
            throw notOne(text);
        }
        return number;
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException("'" + text + "' is not a position");
    }

    /** The epoch in decimal and the LSN as PostgreSQL writes it: {@code 1:16/B374D848}. */
    public String text() {
        return epoch + ":" + hex(commitLsn >>> 32) + "/" + hex(commitLsn & 0xFFFF_FFFFL);
    }

    private static String hex(long half) {
        return Long.toHexString(half).toUpperCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
