package dev.understudy.replicator.stream;

import java.util.Arrays;
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
        /** A batch is in the database and reported. */
        AFTER_FLUSH,
        /** Inside of a commit that moves an offset, before it does. */
        BEFORE_OFFSET_COMMIT,
        /** The offset has moved. */
        AFTER_OFFSET_COMMIT;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Optional<Point> point;
    private final AtomicInteger left;

    private FaultHalt(Optional<Point> point, int times) {
        this.point = point;
        this.left = new AtomicInteger(times);
    }

    /** As the environment says. */
    public static FaultHalt configured() {
        return Optional.ofNullable(System.getProperty("understudy.fault.halt"))
                .or(() -> Optional.ofNullable(System.getenv("UNDERSTUDY_FAULT_HALT")))
                .filter(text -> !text.isEmpty())
                .map(FaultHalt::of)
                .orElse(none());
    }

    /** Never halts. */
    public static FaultHalt none() {
        return new FaultHalt(Optional.empty(), 0);
    }

    static FaultHalt of(String text) {
        String[] parts = text.split(":", 2);
        Point point =
                Arrays.stream(Point.values())
                        .filter(one -> one.text().equals(parts[0]))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "there is no point '" + parts[0] + "' to halt at"));
        return new FaultHalt(
                Optional.of(point), parts.length == 1 ? 1 : Integer.parseInt(parts[1]));
    }

    void reached(Point reached) {
        if (point.isPresent() && point.get() == reached && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
