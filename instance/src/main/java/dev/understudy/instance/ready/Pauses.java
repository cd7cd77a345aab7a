package dev.understudy.instance.ready;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;

/**
 * What has failed, and is left alone for 1, 2, 4 … 64 seconds; of more than 10,000 the one that
 * failed longest ago is forgotten. Used by one thread.
 */
final class Pauses<K> {
    static final int REMEMBERED = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 6;

    private final LongSupplier nanoTime;
    private final LinkedHashMap<K, Failures> failures = new LinkedHashMap<>();

    /** How often it has failed, and until when it is left alone. */
    private record Failures(int count, long againNs) {}

    Pauses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it may be tried. */
    boolean isOver(K what) {
        Failures before = failures.get(what);
        return before == null || nanoTime.getAsLong() - before.againNs() >= 0;
    }

    /** Begins its next pause, and says how long that is. */
    Duration failed(K what) {
        Failures before = failures.remove(what);
        int count = before == null ? 1 : before.count() + 1;
        Duration pause = FIRST.multipliedBy(1L << Math.min(count - 1, DOUBLINGS));
        if (failures.size() >= REMEMBERED) {
            failures.pollFirstEntry();
        }
        failures.put(what, new Failures(count, nanoTime.getAsLong() + pause.toNanos()));
        return pause;
    }

    /** Whether it had failed before. */
    boolean succeeded(K what) {
        return failures.remove(what) != null;
    }
}
