package dev.understudy.instance.publishing;

import java.time.Duration;

/**
 * When the next transaction in Kafka is worth its price, which is the same for one event and for a
 * hundred: at once after a silence; under load, when so much time has passed that commits take a
 * third of it at most. Not thread-safe.
 */
final class CommitPace {
    /** Of a commit's length, what passes before the next one begins. */
    private static final int FACTOR = 2;

    /** However slow Kafka is, a change does not wait for longer than this on top of it. */
    private static final long MAX_PAUSE_NS = Duration.ofMillis(20).toNanos();

    private boolean paused;
    private long nextNs;

    /** A commit has been acknowledged. */
    void committed(long startNs, long endNs) {
        paused = true;
        nextNs = endNs + Math.min(MAX_PAUSE_NS, FACTOR * (endNs - startNs));
    }

    /** How long until the next one is allowed. */
    long leftNs(long nowNs) {
        return allows(nowNs) ? 0 : nextNs - nowNs;
    }

    boolean allows(long nowNs) {
        if (paused && nowNs - nextNs >= 0) {
            paused = false;
        }
        return !paused;
    }
}
