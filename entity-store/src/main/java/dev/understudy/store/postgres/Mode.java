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
        /** Looking first which are missing. */
        CAREFUL
    }

    /** Takes nothing for granted. */
    static final Mode CAREFUL = new Mode(Claiming.CAREFUL, Referring.CAREFUL);

    Mode claimingCarefully() {
        return new Mode(Claiming.CAREFUL, referring);
    }

    Mode referringOptimistically() {
        return new Mode(claiming, Referring.OPTIMISTIC);
    }

    Mode referringCarefully() {
        return new Mode(claiming, Referring.CAREFUL);
    }
}
