package dev.understudy.sandbox;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Function;

/** Waits until a part that was launched can be used, unless it ends or takes too long. */
final class StartWatch {

    static final Duration START_BOUND = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    private StartWatch() {}

    /** Waits for the given time at most, and tells the exit code if the part has ended. */
    @FunctionalInterface
    interface End {
        OptionalInt within(Duration time) throws InterruptedException;
    }

    static void await(Readiness readiness, End end, Function<String, SandboxException> failure) {
        long deadlineNs = System.nanoTime() + START_BOUND.toNanos();
        try {
            while (!readiness.ready()) {
                OptionalInt exitCode = end.within(POLL);
                if (exitCode.isPresent()) {
                    throw failure.apply(
                            "ended with exit code " + exitCode.getAsInt() + " at its start");
                }
                if (System.nanoTime() > deadlineNs) {
                    throw failure.apply("is not ready after " + START_BOUND.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure.apply("was interrupted while starting");
        }
    }
}
