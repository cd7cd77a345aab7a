package dev.understudy.chaos.check;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Walks two results in the same order of keys (first column; then the record state, then the
 * columns).
 */
final class RowMerge {
    private static final int FIRST_VALUE = 3;
    private static final int MAX_SAMPLES = 5;

    private final List<String> columns;
    private final ResultSet owner;
    private final ResultSet replica;
    private final List<String> samples = new ArrayList<>();
    private long ownerRows;
    private long replicaRows;
    private long placeholders;
    private long orphans;
    private long differing;

    RowMerge(List<String> columns, ResultSet owner, ResultSet replica) {
        this.columns = columns;
        this.owner = owner;
        this.replica = replica;
    }

    TableComparison result(String table) throws SQLException {
        boolean ours = nextOwner();
        boolean theirs = nextReplica();
        while (ours || theirs) {
            int order =
                    !ours ? 1 : !theirs ? -1 : owner.getString(1).compareTo(replica.getString(1));
            if (order < 0) {
                ownerOnly();
                ours = nextOwner();
            } else if (order > 0) {
                replicaOnly();
                theirs = nextReplica();
            } else {
                compareValues();
                ours = nextOwner();
                theirs = nextReplica();
            }
        }
        return new TableComparison(
                table, ownerRows, replicaRows, placeholders, orphans, differing, samples);
    }

    private boolean nextOwner() throws SQLException {
        boolean found = owner.next();
        ownerRows += found && !isPlaceholder(owner) ? 1 : 0;
        return found;
    }

    private boolean nextReplica() throws SQLException {
        boolean found = replica.next();
        boolean placeholder = found && isPlaceholder(replica);
        replicaRows += found && !placeholder ? 1 : 0;
        placeholders += placeholder ? 1 : 0;
        return found;
    }

    private static boolean isPlaceholder(ResultSet row) throws SQLException {
        return row.getString(2).equals("p");
    }

    /**
     * A placeholder at the owner is no entity: the replica has one only if it saw the same
     * reference.
     */
    private void ownerOnly() throws SQLException {
        if (!isPlaceholder(owner)) {
            differs(owner.getString(1) + " is missing");
        }
    }

    /** A placeholder that the owner has not heard of is an orphan; anything else is too much. */
    private void replicaOnly() throws SQLException {
        if (isPlaceholder(replica)) {
            orphans++;
        } else {
            differs(replica.getString(1) + " is extra");
        }
    }

    private void compareValues() throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            String ours = owner.getString(FIRST_VALUE + i);
            String theirs = replica.getString(FIRST_VALUE + i);
            if (!Objects.equals(ours, theirs)) {
                differs(
                        "%s has %s %s, not %s"
                                .formatted(owner.getString(1), columns.get(i), theirs, ours));
                return;
            }
        }
    }

    private void differs(String what) {
        differing++;
        if (samples.size() < MAX_SAMPLES) {
            samples.add(what);
        }
    }
}
