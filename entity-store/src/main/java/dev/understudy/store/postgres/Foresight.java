package dev.understudy.store.postgres;

import dev.understudy.store.postgres.Mode.Claiming;
import dev.understudy.store.postgres.Mode.Referring;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether it will pay to look for missing references before storing a batch: it does while they are
 * being met. Only a guess; a wrong one costs time and nothing else. Thread-safe.
 */
final class Foresight {
    /** So many missing references are worth a transaction of their own. */
    static final int MUCH = 100;

    private final int batches;

    /** How many batches more are looked through, unless one of them misses something. */
    private final AtomicInteger careful;

    private volatile int lastMissing;

    /** Looks through so many batches after one that missed something. */
    Foresight(int batches) {
        this.batches = batches;
        this.careful = new AtomicInteger(batches);
    }

    Mode mode() {
        return new Mode(
                Claiming.OPTIMISTIC, careful.get() > 0 ? Referring.CAREFUL : Referring.OPTIMISTIC);
    }

    /** Whether the last batch that missed something missed much. */
    boolean isMuchMissing() {
        return careful.get() > 0 && lastMissing >= MUCH;
    }

    /** A batch that was not looked through missed something. */
    void missing() {
        careful.set(batches);
    }

    /** So many references of a batch were missing. */
    void missing(int count) {
        lastMissing = count;
        careful.set(batches);
    }

    /** A batch was looked through, and nothing was missing. */
    void nothingMissing() {
        careful.updateAndGet(left -> Math.max(0, left - 1));
    }
}
