package dev.understudy.cli.demo;

import dev.understudy.lob.contoso.Batch;

/**
 * The tickets that play: six tenths on the good day (act 1), three tenths about what is created
 * during the outage (acts 2 and 3), and the rest about what the app knows by then (act 3).
 *
 * @param tickets at least 10
 */
record Cast(int tickets, long seed) {
    static final int LEAST = 10;

    Cast {
        if (tickets < LEAST) {
            throw new IllegalArgumentException(
                    "the demo needs at least %d tickets".formatted(LEAST));
        }
    }

    Batch knownBatch() {
        return new Batch(seed, 1);
    }

    Batch lateBatch() {
        return new Batch(seed, 2);
    }

    Batch laterBatch() {
        return new Batch(seed, 3);
    }

    int knownTickets() {
        return before(tickets);
    }

    int lateTickets() {
        return tickets * 3 / 10;
    }

    int laterTickets() {
        return tickets - knownTickets() - lateTickets();
    }

    /** How many of a number come before the outage. */
    static int before(long count) {
        return (int) (count * 6 / 10);
    }
}
