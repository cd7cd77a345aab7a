package dev.understudy.store.digest;

import dev.understudy.store.StoreException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Compares a type at its owner with a replica of it, while both are used: one scan of each, then
 * only the ranges of keys whose checksums differ. Thread-safe.
 */
public final class DigestComparison {
    private final DigestSide owner;
    private final DigestSide replica;
    private final DigestOptions options;

    public DigestComparison(DigestSide owner, DigestSide replica, DigestOptions options) {
        this.owner = owner;
        this.replica = replica;
        this.options = options;
    }

    /**
     * Names every row that differs; nothing counts as in flight.
     *
     * @throws StoreException if a database is away
     */
    public DigestReport compare(String type) {
        return run(type, null);
    }

    /**
     * Names every row that differs.
     *
     * @param completeAsOf every change that the owner committed up to it has been applied at the
     *     replica; what the owner wrote later may be in flight
     */
    public DigestReport compare(String type, Instant completeAsOf) {
        return run(type, completeAsOf);
    }

    private DigestReport run(String type, @Nullable Instant completeAsOf) {
        TypeDescription atOwner;
        TypeDescription atReplica;
        try (BothSides<DigestSide> sides = new BothSides<>(owner, replica)) {
            BothSides.Pair<TypeDescription> held = sides.ask(side -> side.describe(type));
            atOwner = held.owner();
            atReplica = held.replica();
        }
        DigestScope scope = DigestScope.common(atOwner, atReplica);
        try (BothSides<ScopedSide> sides =
                new BothSides<>(
                        new ScopedSide(owner, scope), new ScopedSide(replica, scope.ofAllRows()))) {
            RowComparison rows = new RowComparison(scope.purgedUpTo(), completeAsOf);
            return new DigestWalk(sides, scope, rows, options)
                    .run(DigestScope.left(atOwner, atReplica));
        }
    }
}
