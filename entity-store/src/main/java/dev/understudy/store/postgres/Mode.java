package dev.understudy.store.postgres;

/** What an attempt to store a batch takes for granted; the more of it, the cheaper it is. */
record Mode(Claiming claiming, Referring referring) {
    /** How rows that claim alternate keys are stored. */
    enum Claiming {
        /** As if nobody else held the values: fails if somebody does. */
        OPTIMISTIC,
        /** Looking first whether somebody does. */
        CAREFUL
    }

    /** How rows that refer to others are stored. */
    enum Referring {
        /** As if all of them were there: a foreign key fails if one is missing. */
        OPTIMISTIC,
        /** Looking first which are missing; if many are, they are placed instead of the batch. */
        LOOKING,
        /** As if all of them were there, since they were placed. */
        PLACED,
        /** Looking first which are missing, and placing them along with the rows. */
        CAREFUL;

        boolean looks() {
            return this == LOOKING || this == CAREFUL;
        }
    }

    /** Takes nothing for granted. */
    static final Mode CAREFUL = new Mode(Claiming.CAREFUL, Referring.CAREFUL);

    Mode claimingCarefully() {
        return new Mode(Claiming.CAREFUL, referring);
    }

    Mode with(Referring other) {
        return new Mode(claiming, other);
    }
}
