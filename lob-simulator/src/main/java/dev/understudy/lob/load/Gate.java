package dev.understudy.lob.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound of requests in flight. One thread enters for all; any thread leaves. What could not
 * enter when it was due is held: it, or one before it, waited for the bound.
 */
final class Gate {

    private final int bound;
    private final Semaphore permits;
    private long freeSinceNanos;
    private final AtomicLong held = new AtomicLong();

    Gate(int bound, long startNanos) {
        this.bound = bound;
        this.permits = new Semaphore(bound);
        this.freeSinceNanos = startNanos;
    }

    /** Waits for a place until a moment; false if there is none by then. */
    boolean enter(long dueNanos, long untilNanos) throws InterruptedException {
        if (dueNanos - freeSinceNanos >= 0 && permits.tryAcquire()) {
            return true;
        }
        held.incrementAndGet();
        long leftNanos = untilNanos - System.nanoTime();
        boolean entered = leftNanos > 0 && permits.tryAcquire(leftNanos, TimeUnit.NANOSECONDS);
        freeSinceNanos = System.nanoTime();
        return entered;
    }

    void leave() {
        permits.release();
    }

    long held() {
        return held.get();
    }

    int inFlight() {
        return bound - permits.availablePermits();
    }
}
