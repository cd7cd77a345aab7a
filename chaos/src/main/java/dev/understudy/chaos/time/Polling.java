package dev.understudy.chaos.time;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** The one place that waits: looks again and again until a deadline. */
public final class Polling {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Polling() {}

    /** Whether a condition came to hold before the deadline; it is looked at once at least. */
    public static boolean holds(Duration within, Callable<Boolean> condition) throws Exception {
        long deadlineNs = System.nanoTime() + within.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            pause(BETWEEN_LOOKS);
        }
        return true;
    }

    /** Lets time go by. */
    public static void passes(Duration time) {
        long deadlineNs = System.nanoTime() + time.toNanos();
        long leftNs = time.toNanos();
        while (leftNs > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(leftNs, BETWEEN_LOOKS.toNanos()));
            leftNs = deadlineNs - System.nanoTime();
        }
    }

    /** Rests between two looks or writes of a loop; may end early. */
    public static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /**
     * Waits until a thread that was told to end has ended.
     *
     * @throws IllegalStateException if it does not
     */
    public static void ends(Thread thread) {
        try {
            if (!thread.join(PATIENCE)) {
                throw new IllegalStateException(thread + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
