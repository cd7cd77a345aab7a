package dev.understudy.store.purge;

import java.time.Duration;

/**
 * How a purge goes about it.
 *
 * @param retention markers younger than this stay, whatever the targets say
 * @param batch markers per transaction, 1 to 10,000
 */
public record PurgeOptions(Duration retention, int batch) {
    public PurgeOptions {
        if (retention.isNegative()) {
            throw new IllegalArgumentException("a retention is not negative: " + retention);
        }
        if (batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException("a batch is 1 to 10,000 markers, not " + batch);
        }
    }

    /** Thirty days, 500 markers. */
    public static PurgeOptions defaults() {
        return new PurgeOptions(Duration.ofDays(30), 500);
    }
}
