package dev.understudy.lob.client;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * Waits that grow and are drawn at random, so that clients do not come back all at once. The {@code
 * n}th is about {@code first * growth^(n-1)} (growth 1 to 10), give or take its {@code jitter}
 * share (0 to 0.9), and at most {@code longest} (to an hour).
 */
public record Backoff(Duration first, double growth, double jitter, Duration longest) {

    private static final Duration MOST = Duration.ofHours(1);

    public Backoff {
        if (first.toMillis() < 1 || first.compareTo(longest) > 0 || longest.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "the first wait is 1 ms up to the longest, and that at most %s: %s, %s"
                            .formatted(MOST, first, longest));
        }
        if (!(growth >= 1 && growth <= 10)) {
            throw new IllegalArgumentException("growth is 1 to 10: " + growth);
        }
        if (!(jitter >= 0 && jitter <= 0.9)) {
            throw new IllegalArgumentException("jitter is 0 to 0.9: " + jitter);
        }
    }

    /** The wait before an attempt, counted from 1; a new draw each time. */
    IntervalFunction waits() {
        IntervalFunction drawn =
                jitter == 0
                        ? IntervalFunction.ofExponentialBackoff(first, growth, longest)
                        : IntervalFunction.ofExponentialRandomBackoff(
                                first, growth, jitter, longest);
        return attempt -> Math.clamp(drawn.apply(attempt), 1, longest.toMillis());
    }
}
