package dev.understudy.system;

import dev.understudy.chaos.time.Polling;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Fails a test whose condition does not come to hold in time. */
final class Eventually {
    private Eventually() {}

    static void holds(String what, Duration within, Callable<Boolean> condition) throws Exception {
        if (!Polling.holds(within, condition)) {
            throw new AssertionError("not within " + within + ": " + what);
        }
    }
}
