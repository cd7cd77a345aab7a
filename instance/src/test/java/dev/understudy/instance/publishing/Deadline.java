package dev.understudy.instance.publishing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what other threads and processes do. */
final class Deadline {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private Deadline() {}

    /** A condition that may fail with anything. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns once the condition holds; fails if it does not in time. */
    static void await(String what, Condition condition) throws Exception {
        long deadlineNs = System.nanoTime() + BOUND.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not within " + BOUND + ": " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
