package dev.understudy.service.security;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Says when to tell again of what callers can cause as often as they like. Thread-safe. */
final class Seldom {
    private final long pauseNs;
    private final AtomicLong nextNs = new AtomicLong(System.nanoTime());

    Seldom(Duration pause) {
        this.pauseNs = pause.toNanos();
    }

    /** True at most once in each pause. */
    boolean isTime() {
        long nowNs = System.nanoTime();
        long next = nextNs.get();
        return nowNs - next >= 0 && nextNs.compareAndSet(next, nowNs + pauseNs);
    }
}
