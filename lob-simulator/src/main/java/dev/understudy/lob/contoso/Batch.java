package dev.understudy.lob.contoso;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/**
 * Names one set of generated data: the same seed and number give the same data, others share no key
 * with it.
 */
public record Batch(long seed, int number) {

    // Fixed, so that data depends on nothing but the batch.
    private static final Instant LATEST = Instant.parse("2026-11-01T00:00:00Z");

    public Batch {
        if (number < 0) {
            throw new IllegalArgumentException("batch number must not be negative: " + number);
        }
    }

    /** The next batch of the same seed. */
    public Batch next() {
        return new Batch(seed, number + 1);
    }

    /** Tells this batch from all others, within numbers that people read: {@code 16-1}. */
    String tag() {
        return Long.toUnsignedString(seed, Character.MAX_RADIX) + "-" + number;
    }

    UUID id(String type, int index) {
        return UUID.nameUUIDFromBytes(
                (type + "/" + tag() + "/" + index).getBytes(StandardCharsets.UTF_8));
    }

    Random random(String purpose) {
        return new Random((seed * 31 + number) * 0x9E3779B97F4A7C15L + purpose.hashCode());
    }

    /** A moment in the last days before the fixed latest moment, to the microsecond. */
    static Instant moment(Random random, Duration before) {
        return LATEST.minusNanos(1000 * random.nextLong(before.toNanos() / 1000));
    }
}
