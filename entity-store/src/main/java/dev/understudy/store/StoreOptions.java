package dev.understudy.store;

import java.time.Duration;

/**
 * How long the store tries.
 *
 * @param attempts of one transaction that loses races (deadlock, serialization failure, lock
 *     time-out, concurrent first write), from 1
 * @param firstPause before the second attempt; doubles with each, and varies by half
 * @param longestPause between two attempts
 * @param lockTimeout how long one statement waits for another transaction's lock
 */
public record StoreOptions(
        int attempts, Duration firstPause, Duration longestPause, Duration lockTimeout) {
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
    }

    /** Eight attempts, pauses of 10 to 500 ms, three seconds for a lock. */
    public static StoreOptions defaults() {
        return new StoreOptions(
                8, Duration.ofMillis(10), Duration.ofMillis(500), Duration.ofSeconds(3));
    }
}
