package dev.understudy.replicator.letters;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a dead letter is called: where it is in its topic. */
public record LetterId(int partition, long offset) implements Comparable<LetterId> {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})@([0-9]{1,18})");
    private static final Comparator<LetterId> ORDER =
            Comparator.comparingInt(LetterId::partition).thenComparingLong(LetterId::offset);

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException if the text is not an ID
     */
    public static LetterId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not the ID of a dead letter, such as 2@17");
        }
        return new LetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    /** Partition and offset: {@code 2@17}. */
    public String text() {
        return partition + "@" + offset;
    }

    @Override
    public int compareTo(LetterId other) {
        return ORDER.compare(this, other);
    }
}
