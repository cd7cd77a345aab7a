package dev.understudy.store.postgres;

import dev.understudy.store.postgres.Mode.Claiming;
import dev.understudy.store.postgres.Mode.Referring;

/**
 * Whether it will pay to look for missing references before storing a batch: it does while they are
 * being met. Only a guess; a wrong one costs a batch, which is stored twice, and a look in vain a
 * tenth of one. So after a wrong guess some batches are looked through: one, and the more of them
 * the sooner guesses fail one after the other. Thread-safe.
 */
final class Foresight {
    /** As many looks in vain cost as much as one wrong guess. */
    private static final int LOOKS_PER_GUESS = 10;

    private final int most;
    private final int many;

    /** How many batches are looked through after one that missed something. */
    private int window = 1;

    /** How many batches more are looked through, unless one of them misses something. */
    private int careful;

    /** How many batches were stored without looking since then. */
    private int guesses;

    /** Looks through at most so many batches after one that missed something. */
    Foresight(int most, int many) {
        this.most = most;
        this.many = many;
        this.careful = Math.min(window, most);
    }

    synchronized Mode mode() {
        if (careful > 0) {
            return new Mode(Claiming.OPTIMISTIC, Referring.LOOKING);
        }
        guesses++;
        return new Mode(Claiming.OPTIMISTIC, Referring.OPTIMISTIC);
    }

    /** Whether so many missing references are worth a transaction of their own. */
    boolean areMany(int missing) {
        return missing >= many;
    }

    /** A batch missed something, looked through or not. */
    synchronized void missing() {
        if (guesses > 0) {
            window = guesses > LOOKS_PER_GUESS ? 1 : 2 * window;
            guesses = 0;
        }
        window = Math.min(window, most);
        careful = window;
    }

    /** A batch was looked through, and nothing was missing. */
    synchronized void nothingMissing() {
        careful = Math.max(0, careful - 1);
    }
}
