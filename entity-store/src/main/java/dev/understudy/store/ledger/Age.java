package dev.understudy.store.ledger;

import java.time.Duration;

/** How long a placeholder has waited, from the shortest. */
public enum Age {
    UNDER_A_MINUTE(Duration.ofMinutes(1)),
    UNDER_AN_HOUR(Duration.ofHours(1)),
    UNDER_A_DAY(Duration.ofDays(1)),
    UNDER_A_WEEK(Duration.ofDays(7)),
    /** No younger than a week. */
    OLDER(Duration.ofDays(1_000_000));

    private final Duration limit;

    Age(Duration limit) {
        this.limit = limit;
    }

    /** What is of this age has waited less. */
    public Duration limit() {
        return limit;
    }
}
