package dev.understudy.store.postgres;

import dev.understudy.store.postgres.Mode.Claiming;
import dev.understudy.store.postgres.Mode.Referring;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether it will pay to look for missing references before storing a batch: it does while they are
 * being met. Only a guess; a wrong one costs time and nothing else. Thread-safe.
 */
final class Foresight {
    private final int batches;
    private final int many;

    /** How many batches more are looked through, unless one of them misses something. */
    private final AtomicInteger careful;

    /** Looks through so many batches after one that missed something. */
    Foresight(int batches, int many) {
        this.batches = batches;
        this.many = many;
        this.careful = new AtomicInteger(batches);
    }

    Mode mode() {
        return new Mode(
                Claiming.OPTIMISTIC, careful.get() > 0 ? Referring.LOOKING : Referring.OPTIMISTIC);
    }

    /** Whether so many missing references are worth a transaction of their own. */
    boolean areMany(int missing) {
        return missing >= many;
    }

    /** A batch missed something. */
    void missing() {
        careful.set(batches);
    }

    /** A batch was looked through, and nothing was missing. */
    void nothingMissing() {
        careful.updateAndGet(left -> Math.max(0, left - 1));
    }
}
