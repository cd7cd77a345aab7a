package dev.understudy.replicator.letters;

import java.time.Instant;
import java.util.Locale;

/**
 * What was done with a dead letter, for good.
 *
 * @param outcome of a redriven one: {@code applied}, {@code stale} …; empty otherwise
 */
public record Decision(Kind kind, String outcome, Instant at) {
    /** The two ways to be done with one. */
    public enum Kind {
        REDRIVEN,
        DISCARDED;

        /** Lower-case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Three words: {@code redriven applied 2026-01-02T03:04:05Z}. */
    String text() {
        return kind.text() + " " + (outcome.isEmpty() ? "-" : outcome) + " " + at;
    }

    /**
     * Reads {@link #text}.
     *
     * @throws RuntimeException if it is none
     */
    static Decision parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not a decision");
        }
        return new Decision(
                Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                words[1].equals("-") ? "" : words[1],
                Instant.parse(words[2]));
    }
}
