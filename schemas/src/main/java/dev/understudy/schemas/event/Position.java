package dev.understudy.schemas.event;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a change stands among all changes of one owner.
 *
 * @param epoch rises when the order of LSNs was broken: slot lost, restored, failed over
 * @param commitLsn byte offset of the transaction's commit in the owner's WAL, unsigned
 */
public record Position(long epoch, long commitLsn) implements Comparable<Position> {
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,18}):([0-9A-F]{1,8})/([0-9A-F]{1,8})");
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
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a position");
        }
        long high = Long.parseLong(matcher.group(2), 16);
        long low = Long.parseLong(matcher.group(3), 16);
        return new Position(Long.parseLong(matcher.group(1)), (high << 32) | low);
    }

    /** The epoch in decimal and the LSN as PostgreSQL writes it: {@code 1:16/B374D848}. */
    public String text() {
        return "%d:%X/%X".formatted(epoch, commitLsn >>> 32, commitLsn & 0xFFFF_FFFFL);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
