package dev.understudy.replicator.completeness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one replicated type: every change that its owner committed up to {@code asOf}
 * has been applied, except for those that are dead letters.
 *
 * @param asOf by the owner's clock; empty if nothing can be said
 * @param lastHeartbeat the newest that is known, by the owner's clock
 * @param exceptions open dead letters, by reason
 * @param discarded dead letters that were given up: nobody says whether a later change made up for
 *     them
 */
public record TypeCompleteness(
        String type,
        String owner,
        Optional<Instant> asOf,
        Optional<Instant> lastHeartbeat,
        Map<String, Long> exceptions,
        long discarded) {
    public TypeCompleteness {
        exceptions = Map.copyOf(exceptions);
    }

    public long except() {
        return exceptions.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How old it is; endless if nothing can be said. */
    public double ageSeconds(Instant now) {
        return asOf.map(time -> Math.max(0, Duration.between(time, now).toMillis()) / 1000.0)
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** In words: {@code complete as of 2026-01-02T03:04:05Z except 2}. */
    public String words() {
        return asOf.map(time -> "complete as of " + time).orElse("not known to be complete")
                + (except() == 0 ? "" : " except " + except())
                + (discarded == 0 ? "" : ", " + discarded + " given up");
    }
}
