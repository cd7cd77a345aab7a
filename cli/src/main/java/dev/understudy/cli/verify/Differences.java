package dev.understudy.cli.verify;

import dev.understudy.store.digest.Difference;

/** Differences in words, and what a repair has to know of them. */
final class Differences {
    private Differences() {}

    /** The version that the replica has, or 0. */
    static long seen(Difference difference) {
        return switch (difference) {
            case Difference.Extra extra -> extra.version();
            case Difference.OtherVersion other -> other.replica();
            case Difference.OtherContent same -> same.version();
            case Difference.Outside outside -> outside.version();
            case Difference.Ceded ceded -> ceded.version();
            case Difference.Missing _, Difference.Placeholder _, Difference.InFlight _ -> 0;
        };
    }

    static String words(Difference difference) {
        return switch (difference) {
            case Difference.Missing missing ->
                    "missing at the replica (%s, version %d)"
                            .formatted(missing.state(), missing.version());
            case Difference.Extra extra ->
                    "unknown to the owner (%s, version %d at the replica)"
                            .formatted(extra.state(), extra.version());
            case Difference.OtherVersion other ->
                    "version %d at the owner, %d at the replica"
                            .formatted(other.owner(), other.replica());
            case Difference.OtherContent same -> "other content at version " + same.version();
            case Difference.Placeholder placeholder ->
                    "still a placeholder (version %d at the owner)"
                            .formatted(placeholder.version());
            case Difference.Outside outside ->
                    "outside of what the replica keeps (version %d)".formatted(outside.version());
            case Difference.Ceded ceded ->
                    "an alternate key is held by another entity (version %d)"
                            .formatted(ceded.version());
            case Difference.InFlight flight -> "in flight (version %d)".formatted(flight.owner());
        };
    }
}
