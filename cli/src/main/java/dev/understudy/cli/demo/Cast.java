package dev.understudy.cli.demo;

import dev.understudy.lob.contoso.Batch;
import dev.understudy.lob.contoso.ReferenceData;

/**
 * How many entities and tickets play, split between the good day (act 1) and the outage (acts 2 to
 * 4).
 *
 * @param accounts at least 10
 * @param contacts at least 10
 * @param tickets at least 10
 */
record Cast(int accounts, int contacts, int tickets, long seed) {
    private static final int LEAST = 10;
    private static final double BEFORE_THE_OUTAGE = 0.6;

    Cast {
        if (accounts < LEAST || contacts < LEAST || tickets < LEAST) {
            throw new IllegalArgumentException(
                    "the demo needs at least %d accounts, contacts and tickets".formatted(LEAST));
        }
    }

    ReferenceData known() {
        return ReferenceData.generate(knownBatch(), early(accounts), early(contacts));
    }

    ReferenceData late() {
        return ReferenceData.generate(
                lateBatch(), accounts - early(accounts), contacts - early(contacts));
    }

    Batch knownBatch() {
        return new Batch(seed, 1);
    }

    Batch lateBatch() {
        return new Batch(seed, 2);
    }

    int knownTickets() {
        return early(tickets);
    }

    int lateTickets() {
        return tickets - early(tickets);
    }

    private static int early(int count) {
        return (int) (count * BEFORE_THE_OUTAGE);
    }
}
