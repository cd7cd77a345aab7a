package dev.understudy.store.digest;

import dev.understudy.store.RecordState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how two rows of one key differ.
 *
 * @param completeAsOf every change up to it has been applied at the replica; null if nobody knows
 */
record RowComparison(long purgedUpTo, @Nullable Instant completeAsOf) {
    /** Null stands for no row; an owner's placeholder of its own type is no row either. */
    Optional<Difference> difference(@Nullable RowDigest ownerRow, @Nullable RowDigest replica) {
        RowDigest owner = entity(ownerRow);
        if (owner == null) {
            return ownerRow == null || ownerRow.version() == 0
                    ? extra(entity(replica))
                    : outside(ownerRow, entity(replica));
        }
        if (replica == null) {
            return purged(owner)
                    ? Optional.empty()
                    : Optional.of(
                            lateOr(
                                    owner,
                                    new Difference.Missing(
                                            owner.key(), owner.state(), owner.version())));
        }
        if (replica.state() == RecordState.PLACEHOLDER) {
            return purged(owner)
                    ? Optional.empty()
                    : Optional.of(
                            lateOr(
                                    owner,
                                    new Difference.Placeholder(owner.key(), owner.version())));
        }
        return owner.version() == replica.version()
                ? sameVersion(owner, replica)
                : Optional.of(otherVersion(owner, replica));
    }

    private Difference otherVersion(RowDigest owner, RowDigest replica) {
        Difference difference =
                new Difference.OtherVersion(owner.key(), owner.version(), replica.version());
        return owner.version() > replica.version() ? lateOr(owner, difference) : difference;
    }

    /** What the subset leaves out is absent at the replica, or a placeholder of any version. */
    private Optional<Difference> outside(RowDigest owner, @Nullable RowDigest replica) {
        if (replica == null) {
            return Optional.empty();
        }
        return Optional.of(
                owner.version() == replica.version()
                        ? new Difference.Outside(owner.key(), owner.version())
                        : otherVersion(owner, replica));
    }

    private static Optional<Difference> sameVersion(RowDigest owner, RowDigest replica) {
        if (owner.state() != replica.state()
                || !owner.contentHash().equals(replica.contentHash())) {
            return Optional.of(new Difference.OtherContent(owner.key(), owner.version()));
        }
        return replica.ceded() == owner.ceded()
                ? Optional.empty()
                : Optional.of(new Difference.Ceded(owner.key(), owner.version(), replica.ceded()));
    }

    private Optional<Difference> extra(@Nullable RowDigest replica) {
        return replica == null || purged(replica)
                ? Optional.empty()
                : Optional.of(
                        new Difference.Extra(replica.key(), replica.state(), replica.version()));
    }

    private Difference lateOr(RowDigest owner, Difference difference) {
        return completeAsOf != null && owner.changedAt().isAfter(completeAsOf)
                ? new Difference.InFlight(owner.key(), owner.version(), owner.changedAt())
                : difference;
    }

    /** Whether a row is one that checksums are of. */
    boolean counts(RowDigest row) {
        return row.state() != RecordState.PLACEHOLDER && !purged(row);
    }

    private boolean purged(RowDigest row) {
        return row.state() == RecordState.DELETED && row.version() <= purgedUpTo;
    }

    private static @Nullable RowDigest entity(@Nullable RowDigest row) {
        return row == null || row.state() == RecordState.PLACEHOLDER ? null : row;
    }
}
