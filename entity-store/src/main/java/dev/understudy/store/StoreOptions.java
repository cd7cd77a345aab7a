package dev.understudy.store;

import java.time.Duration;

/**
 * How long the store tries, and how it stores batches.
 *
 * @param attempts of one transaction that loses races (deadlock, serialization failure, lock
 *     time-out, concurrent first write), from 1
 * @param firstPause before the second attempt; doubles with each, and varies by half
 * @param longestPause between two attempts
 * @param lockTimeout how long one statement waits for another transaction's lock
 * @param copiedRows from so many rows of a type on, a batch comes by {@code COPY} and a temporary
 *     table, from 1; the others come in arrays, which is quicker for few
 * @param carefulBatches after a batch whose references were missing, so many are looked through
 *     before they are stored; the others are stored first, and again if a reference was missing
 * @param placedAhead from so many missing references of a batch on, their placeholders are placed
 *     in a transaction of their own, from 1; fewer come with the batch
 */
public record StoreOptions(
        int attempts,
        Duration firstPause,
        Duration longestPause,
        Duration lockTimeout,
        int copiedRows,
        int carefulBatches,
        int placedAhead) {
    public StoreOptions {
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("attempts are 1 to 100, not " + attempts);
        }
        if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "pauses from %s to %s are none".formatted(firstPause, longestPause));
        }
        if (lockTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("a lock time-out is from 1 ms: " + lockTimeout);
        }
        if (copiedRows < 1 || carefulBatches < 0 || placedAhead < 1) {
            throw new IllegalArgumentException(
                    "copies from %d rows on, %d batches, or placeholders from %d on, are none"
                            .formatted(copiedRows, carefulBatches, placedAhead));
        }
    }

    /**
     * Eight attempts, pauses of 10 to 500 ms, three seconds for a lock; copies from 1,000 rows on,
     * ten batches that are looked through, and ten placeholders that are placed ahead.
     */
    public static StoreOptions defaults() {
        return trying(8, Duration.ofMillis(10), Duration.ofMillis(500), Duration.ofSeconds(3));
    }

    /** The defaults for batches. */
    public static StoreOptions trying(
            int attempts, Duration firstPause, Duration longestPause, Duration lockTimeout) {
        return new StoreOptions(attempts, firstPause, longestPause, lockTimeout, 1000, 10, 10);
    }

    /** These for batches. */
    public StoreOptions withBatches(int copied, int careful, int ahead) {
        return new StoreOptions(
                attempts, firstPause, longestPause, lockTimeout, copied, careful, ahead);
    }
}
