package dev.understudy.lob.load;

import java.time.Duration;

/**
 * Where a load run stands: counts since its start, and what the last interval was like. {@code
 * held}: operations that could not be sent when they were due.
 */
public record LoadFigures(
        Duration elapsed, Counts counts, int inFlight, long held, Interval interval) {

    /** How many operations came to each end. */
    public record Counts(long accepted, long refused, long unanswered, long notSent) {}

    /** The time since the previous figures. */
    public record Interval(double answeredPerSecond, double p50Ms, double p99Ms) {}
}
