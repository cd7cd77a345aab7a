package dev.understudy.instance.publishing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts that double up to a bound, each spread by chance. Not thread-safe. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** The pause after one more failure: half of the doubled one for sure, the rest by chance. */
    Duration next() {
        long boundMs = Math.min(most.toMillis(), first.toMillis() << Math.min(failures, 20));
        failures++;
        return Duration.ofMillis(boundMs / 2 + random.nextLong(boundMs / 2 + 1));
    }

    void reset() {
        failures = 0;
    }
}
