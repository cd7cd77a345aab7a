package dev.understudy.store;

import java.time.Duration;

/** What applying one change event did. */
public sealed interface Outcome {
    /** The row is now as the event says; it was absent, or had a lower version. */
    record Applied() implements Outcome {}

    /** As applied; the row was a placeholder, for this long. */
    record Hydrated(Duration waited) implements Outcome {}

    /** The row, or placeholder, or no row at all, is now a deletion marker. */
    record Deleted() implements Outcome {}

    /** Nothing: the row has the event's version or a higher one. */
    record Stale() implements Outcome {}

    /** Not kept: the entity is outside of the subset; a row that was there is a placeholder now. */
    record Outside() implements Outcome {}

    /** Nothing: the database refuses this row, whatever its batch; the message says why. */
    record Refused(String sqlState, String message) implements Outcome {}
}
