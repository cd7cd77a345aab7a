package dev.understudy.store.digest;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares an owner with a replica while both are used, and tells what is only under way from what
 * differs for good: rows that differ are looked at again at the owner, then, once the replica is
 * complete as of that look, at the replica. Thread-safe.
 */
public final class ReplicaVerification {
    private static final int CHUNK = 500;
    private static final int MOST_NAMED_ORPHANS = 1_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final DigestSide owner;
    private final DigestSide replica;
    private final ReplicaProgress progress;
    private final DigestOptions options;
    private final Duration patience;

    /**
     * @param patience how long the replica may take to be complete as of the look at the owner
     */
    public ReplicaVerification(
            DigestSide owner,
            DigestSide replica,
            ReplicaProgress progress,
            DigestOptions options,
            Duration patience) {
        this.owner = owner;
        this.replica = replica;
        this.progress = progress;
        this.options = options;
        this.patience = patience;
    }

    /** Says of each row of a type whether it agrees, and waits for what can still come. */
    public TypeVerdict verify(String type) {
        DigestReport report = new DigestComparison(owner, replica, options).compare(type);
        DigestScope scope = DigestScope.common(owner.describe(type), replica.describe(type));
        Tally tally = new Tally(report.agreed());
        List<String> keys = report.differences().stream().map(Difference::key).toList();
        boolean complete = settle(scope, keys, tally);
        Orphaned orphaned = orphaned(scope);
        return new TypeVerdict(
                type,
                new TypeVerdict.Counts(
                        tally.equal, tally.inFlight, tally.placeholders, orphaned.count()),
                orphaned.first(),
                tally.ceded,
                tally.diverged,
                report.complete() && (complete || tally.inFlight + tally.placeholders == 0));
    }

    /** Returns whether the replica was complete as of the look at the owner. */
    private boolean settle(DigestScope scope, List<String> keys, Tally tally) {
        if (keys.isEmpty()) {
            return true;
        }
        Map<String, RowDigest> first = rows(owner, scope, keys);
        boolean complete = awaitComplete(scope.type(), progress.ownerTime());
        Map<String, RowDigest> atReplica = rows(replica, scope.ofAllRows(), keys);
        Map<String, RowDigest> last = rows(owner, scope, keys);
        RowComparison rows = new RowComparison(scope.purgedUpTo(), null);
        for (String key : keys) {
            tally.add(
                    RowVerdict.of(
                            rows, first.get(key), atReplica.get(key), last.get(key), complete));
        }
        return complete;
    }

    private boolean awaitComplete(String type, Instant time) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Instant> asOf = progress.completeAsOf(type);
            if (asOf.isPresent() && !asOf.get().isBefore(time)) {
                return true;
            }
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Severity.RETRYABLE, "interrupted while waiting", e);
        }
    }

    private static Map<String, RowDigest> rows(
            DigestSide side, DigestScope scope, List<String> keys) {
        Map<String, RowDigest> rows = new HashMap<>();
        for (int from = 0; from < keys.size(); from += CHUNK) {
            side.rows(scope, keys.subList(from, Math.min(keys.size(), from + CHUNK)))
                    .forEach(row -> rows.put(row.key(), row));
        }
        return rows;
    }

    /** Placeholders of the replica, as far as the owner has nothing of their keys. */
    private record Orphaned(long count, List<String> first) {}

    private Orphaned orphaned(DigestScope scope) {
        long count = 0;
        List<String> first = new ArrayList<>();
        List<PlacedKey> page = replica.placeholders(scope.type(), null, CHUNK);
        while (!page.isEmpty()) {
            List<String> keys = page.stream().map(PlacedKey::key).toList();
            Map<String, RowDigest> known = rows(owner, scope, keys);
            for (String key : keys) {
                if (isUnknown(known.get(key))) {
                    count++;
                    if (first.size() < MOST_NAMED_ORPHANS) {
                        first.add(key);
                    }
                }
            }
            page =
                    page.size() < CHUNK
                            ? List.of()
                            : replica.placeholders(scope.type(), page.getLast(), CHUNK);
        }
        return new Orphaned(count, first);
    }

    /** Of an owner a placeholder of its own; what its subset leaves out keeps its version. */
    private static boolean isUnknown(@Nullable RowDigest row) {
        return row == null || (row.state() == RecordState.PLACEHOLDER && row.version() == 0);
    }

    /** Rows that differed at first sight, by what became of them. */
    private static final class Tally {
        private final List<Difference> ceded = new ArrayList<>();
        private final List<Difference> diverged = new ArrayList<>();
        private long equal;
        private long inFlight;
        private long placeholders;

        Tally(long equal) {
            this.equal = equal;
        }

        void add(RowVerdict verdict) {
            switch (verdict) {
                case RowVerdict.Agrees() -> equal++;
                case RowVerdict.UnderWay(Difference.Placeholder _) -> placeholders++;
                case RowVerdict.UnderWay _ -> inFlight++;
                case RowVerdict.Differs(Difference.Ceded lost) -> ceded.add(lost);
                case RowVerdict.Differs(Difference difference) -> diverged.add(difference);
            }
        }
    }
}
