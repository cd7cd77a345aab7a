package dev.understudy.chaos.check;

import java.util.List;

/**
 * What the comparison of one table found.
 *
 * @param ownerRows the owner's hydrated rows and deletion markers
 * @param replicaRows the replica's
 * @param placeholders of the replica
 * @param orphans those of them that the owner has no row of
 * @param differing rows that are missing, extra or have another value in any column
 * @param samples the first of the differing rows, each with what differs
 */
public record TableComparison(
        String table,
        long ownerRows,
        long replicaRows,
        long placeholders,
        long orphans,
        long differing,
        List<String> samples) {
    public TableComparison {
        samples = List.copyOf(samples);
    }

    /** Whether both hold the same rows, and at least one, and the replica waits for nothing. */
    public boolean equal() {
        return agrees() && orphans == 0;
    }

    /** The same, whatever the replica has placeholders of that the owner does not know. */
    public boolean agrees() {
        return differing == 0 && ownerRows > 0 && ownerRows == replicaRows;
    }
}
