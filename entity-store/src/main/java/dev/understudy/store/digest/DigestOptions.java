package dev.understudy.store.digest;

import java.time.Duration;

/**
 * How a comparison goes about it.
 *
 * @param rowsPerRange about how many rows one checksum is of at first; from 100
 * @param maxRanges of the first cut, whatever the number of rows; up to 100,000
 * @param maxReported differences after which a comparison stops; bounds its memory
 * @param looks at a row that differs before it is reported as different; from 1
 * @param pause between two looks
 */
public record DigestOptions(
        int rowsPerRange, int maxRanges, int maxReported, int looks, Duration pause) {
    /** So many rows are compared one by one rather than by further checksums. */
    static final int LEAF_ROWS = 500;

    public DigestOptions {
        check(rowsPerRange, 100, 10_000_000, "rows per range");
        check(maxRanges, 1, 100_000, "ranges");
        check(maxReported, 1, 1_000_000, "reported differences");
        check(looks, 1, 100, "looks");
        if (pause.isNegative()) {
            throw new IllegalArgumentException("a pause is not negative: " + pause);
        }
    }

    /** 10,000 rows in each of at most 4,096 ranges, 10,000 differences, 3 looks 500 ms apart. */
    public static DigestOptions defaults() {
        return new DigestOptions(10_000, 4_096, 10_000, 3, Duration.ofMillis(500));
    }

    private static void check(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s are %d to %d, not %d".formatted(what, least, most, value));
        }
    }
}
