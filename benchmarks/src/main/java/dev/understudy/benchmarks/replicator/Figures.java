package dev.understudy.benchmarks.replicator;

/**
 * Of one contender in one round.
 *
 * @param coldPerSecond inserts from the start of its process on, NaN if it has none
 * @param right whether its table is as the topic says
 */
record Figures(double coldPerSecond, Leg inserts, Leg updates, long peakMemoryMb, boolean right) {
    static Figures of(Run run, long rows, boolean right) {
        return new Figures(
                run.coldInsertsPerSecond(rows),
                run.inserts(rows),
                run.updates(rows),
                run.peakMemoryMb(),
                right);
    }

    static Figures of(RawLimit.Limit limit) {
        return new Figures(Double.NaN, limit.inserts(), limit.updates(), 0, true);
    }
}
