package dev.understudy.store.digest;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What three looks at a row that differed say, in their order: owner, replica, owner. */
sealed interface RowVerdict {
    /** It is the same now. */
    record Agrees() implements RowVerdict {}

    /** The replica will have it, as far as anybody can say. */
    record UnderWay(Difference difference) implements RowVerdict {}

    /** Waiting changes nothing. */
    record Differs(Difference difference) implements RowVerdict {}

    /**
     * Decides.
     *
     * @param complete whether the replica had applied, by the second look, all that the first saw
     */
    static RowVerdict of(
            RowComparison rows,
            @Nullable RowDigest first,
            @Nullable RowDigest replica,
            @Nullable RowDigest last,
            boolean complete) {
        Optional<Difference> found = rows.difference(last, replica);
        if (found.isEmpty()) {
            return new Agrees();
        }
        Difference now = found.get();
        boolean unchanged = Objects.equals(first, last);
        if (isFinal(now, unchanged)) {
            return new Differs(now);
        }
        if (!complete) {
            return new UnderWay(now);
        }
        boolean seenWhatWasThere =
                rows.difference(first, replica).isEmpty() || version(replica) > version(first);
        return !unchanged && seenWhatWasThere ? new UnderWay(now) : new Differs(now);
    }

    /** What no event that is under way can explain. */
    private static boolean isFinal(Difference difference, boolean unchanged) {
        return switch (difference) {
            case Difference.OtherContent _ -> true;
            case Difference.OtherVersion other -> other.replica() > other.owner();
            case Difference.Extra _ -> unchanged;
            case Difference.Missing _,
                    Difference.Placeholder _,
                    Difference.Outside _,
                    Difference.Ceded _,
                    Difference.InFlight _ ->
                    false;
        };
    }

    private static long version(@Nullable RowDigest row) {
        return row == null ? 0 : row.version();
    }
}
