package dev.understudy.replicator.breaker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait between two probes: doubles from the first to the last, with jitter. */
public record Backoff(Duration first, Duration last, RandomGenerator random) {
    Duration after(int attempts) {
        long millis = first.toMillis() << Math.min(attempts, 20);
        long bounded = Math.min(millis, last.toMillis());
        return Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
    }
}
