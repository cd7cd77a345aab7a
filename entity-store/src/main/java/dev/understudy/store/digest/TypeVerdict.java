package dev.understudy.store.digest;

import java.util.List;

/**
 * What is known of a replica of one type.
 *
 * @param orphans the first of its placeholders of what the owner does not have
 * @param ceded rows whose claim to an alternate key is withdrawn for good
 * @param diverged rows that differ although the replica is complete as of the look at the owner
 * @param conclusive whether every row was compared, and none was left to be looked at when the
 *     replica is further
 */
public record TypeVerdict(
        String type,
        Counts counts,
        List<String> orphans,
        List<Difference> ceded,
        List<Difference> diverged,
        boolean conclusive) {
    /**
     * How many rows there are of each kind that is not named one by one.
     *
     * @param equal the same on both sides, deletion markers among them
     * @param inFlight the owner wrote them, and the replica will have them
     * @param placeholders as in flight; the replica has only the placeholder
     * @param orphans placeholders at the replica of what the owner does not have
     */
    public record Counts(long equal, long inFlight, long placeholders, long orphans) {}

    /** Whether owner and replica agree. */
    public enum Answer {
        AGREES,
        DIFFERS,
        /** Nothing differs for sure, but not everything could be told. */
        UNKNOWN
    }

    public TypeVerdict {
        orphans = List.copyOf(orphans);
        ceded = List.copyOf(ceded);
        diverged = List.copyOf(diverged);
    }

    public Answer answer() {
        if (!diverged.isEmpty() || !ceded.isEmpty()) {
            return Answer.DIFFERS;
        }
        return conclusive ? Answer.AGREES : Answer.UNKNOWN;
    }
}
