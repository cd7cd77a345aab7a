package dev.understudy.schemas.event;

/** The owner's count of an entity's changes: 0 for a placeholder, then 1, 2, 3 …, never reused. */
public record Version(long number) implements Comparable<Version> {
    public static final Version NONE = new Version(0);

    public Version {
        if (number < 0) {
            throw new IllegalArgumentException("a version is not negative: " + number);
        }
    }

    public Version next() {
        return new Version(number + 1);
    }

    @Override
    public int compareTo(Version other) {
        return Long.compare(number, other.number);
    }
}
