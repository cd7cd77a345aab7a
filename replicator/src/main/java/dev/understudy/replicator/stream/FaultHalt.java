package dev.understudy.replicator.stream;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fault injection for tests: halts the JVM, without shutdown hooks, when a point has been reached a
 * number of times. {@code UNDERSTUDY_FAULT_HALT=before-offset-commit:3}, or the system property
 * {@code understudy.fault.halt}; never set it on a service that matters.
 */
public final class FaultHalt {
    private static final int EXIT_STATUS = 137;

    /** Where it can halt. */
    enum Point {
        /** Inside a commit: the buffers are flushed, the offsets not yet committed. */
        BEFORE_OFFSET_COMMIT,
        /** A batch is in the database and reported; outside of a commit or inside. */
        AFTER_FLUSH;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final String point;
    private final AtomicInteger left;

    private FaultHalt(String point, int times) {
        this.point = point;
        this.left = new AtomicInteger(times);
    }

    /** As the environment says. */
    public static FaultHalt configured() {
        return of(
                Optional.ofNullable(System.getProperty("understudy.fault.halt"))
                        .or(() -> Optional.ofNullable(System.getenv("UNDERSTUDY_FAULT_HALT")))
                        .orElse(""));
    }

    /** Never halts. */
    public static FaultHalt none() {
        return of("");
    }

    static FaultHalt of(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new FaultHalt(text, 1)
                : new FaultHalt(
                        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    void reached(Point reached) {
        if (point.equals(reached.text()) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
