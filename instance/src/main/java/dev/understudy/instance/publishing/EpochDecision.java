package dev.understudy.instance.publishing;

import java.util.Optional;

/** What the state of slot and server means for the epoch. */
sealed interface EpochDecision {
    /** The slot goes on where it was. */
    record Keep() implements EpochDecision {}

    /** Nothing was published yet. */
    record First(SlotState slot) implements EpochDecision {}

    /**
     * The order of LSNs was broken, or changes were: everything is published again.
     *
     * @param history whether server or timeline are others, so that replicas may know versions that
     *     were lost here
     */
    record Raise(String reason, SlotState slot, boolean history) implements EpochDecision {}

    /** What the server says of a replication slot. */
    enum SlotState {
        ABSENT,
        USABLE,
        /** It is there, but the WAL that it needs is not. */
        LOST
    }

    /** Which server, and which of its histories, LSNs belong to. */
    record Server(String systemIdentifier, int timeline) {}

    /**
     * The row of {@code understudy.publisher_epoch}.
     *
     * @param republishPending whether what was committed before the epoch may be missing in Kafka
     */
    record Epoch(long number, Server server, boolean republishPending) {}

    /** Decides from what was last written down and what is now. */
    static EpochDecision decide(Optional<Epoch> known, SlotState slot, Server server) {
        if (known.isEmpty()) {
            return new First(slot);
        }
        Server before = known.get().server();
        if (!before.equals(server)) {
            return new Raise("the server was " + before + " and is " + server, slot, true);
        }
        return switch (slot) {
            case USABLE -> new Keep();
            case ABSENT -> new Raise("the replication slot is missing", slot, false);
            case LOST -> new Raise("the replication slot has lost its WAL", slot, false);
        };
    }
}
