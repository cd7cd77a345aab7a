package dev.understudy.store.digest;

import dev.understudy.store.digest.BothSides.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** One comparison: from the range of all keys down to the rows that differ. */
final class DigestWalk {
    /** Into about so many parts a range that differs is cut. */
    private static final int PARTS = 100;

    /** Rows may come between a range's checksum and the look at its rows: up to here it is fine. */
    private static final int MOST_LEAF_ROWS = 10 * DigestOptions.LEAF_ROWS;

    private final BothSides<ScopedSide> sides;
    private final DigestScope scope;
    private final RowComparison comparison;
    private final DigestOptions options;
    private final Suspects suspects;
    private long agreed;
    private boolean complete = true;

    DigestWalk(
            BothSides<ScopedSide> sides,
            DigestScope scope,
            RowComparison comparison,
            DigestOptions options) {
        this.sides = sides;
        this.scope = scope;
        this.comparison = comparison;
        this.options = options;
        this.suspects = new Suspects(options, this::differences);
    }

    DigestReport run(List<String> notCompared) {
        List<String> boundaries = thinned(sides.owner().cut(KeyRange.ALL, options.rowsPerRange()));
        compare(KeyRange.ALL, boundaries);
        List<Difference> differences = suspects.settled();
        return new DigestReport(
                scope.type(),
                agreed + suspects.cleared(),
                scope.fields(),
                notCompared,
                differences,
                complete);
    }

    private void compare(KeyRange range, List<String> boundaries) {
        Pair<List<RangeSum>> sums = sides.ask(side -> side.sums(range, boundaries));
        for (int part = 0; part <= boundaries.size(); part++) {
            RangeSum owner = sums.owner().get(part);
            RangeSum replica = sums.replica().get(part);
            if (owner.equals(replica)) {
                agreed += owner.rows();
            } else if (suspects.full()) {
                complete = false;
            } else {
                narrow(range.part(boundaries, part), owner.rows(), replica.rows());
            }
        }
    }

    /** The side with more rows cuts: the other one may have none there. */
    private void narrow(KeyRange range, long ownerRows, long replicaRows) {
        long rows = Math.max(ownerRows, replicaRows);
        if (rows <= DigestOptions.LEAF_ROWS && compareRows(range)) {
            return;
        }
        ScopedSide cutter = ownerRows >= replicaRows ? sides.owner() : sides.replica();
        int rowsPerPart = Math.clamp(rows / PARTS, DigestOptions.LEAF_ROWS / 2, Integer.MAX_VALUE);
        compare(range, thinned(cutter.cut(range, rowsPerPart)));
    }

    private boolean compareRows(KeyRange range) {
        Pair<List<RowDigest>> rows = sides.ask(side -> side.rows(range, MOST_LEAF_ROWS));
        if (rows.owner().size() == MOST_LEAF_ROWS || rows.replica().size() == MOST_LEAF_ROWS) {
            return false;
        }
        Map<String, Difference> differences = differences(withCounterparts(rows));
        agreed += entities(rows.owner()).stream().filter(k -> !differences.containsKey(k)).count();
        differences.values().forEach(suspects::add);
        return true;
    }

    /** What one side counts, the other may have as a placeholder. */
    private Pair<List<RowDigest>> withCounterparts(Pair<List<RowDigest>> rows) {
        return new Pair<>(
                withThoseOf(sides.owner(), rows.owner(), rows.replica()),
                withThoseOf(sides.replica(), rows.replica(), rows.owner()));
    }

    private List<RowDigest> withThoseOf(
            ScopedSide side, List<RowDigest> rows, List<RowDigest> others) {
        Map<String, RowDigest> here = byKey(rows);
        List<String> notHere =
                others.stream().map(RowDigest::key).filter(key -> !here.containsKey(key)).toList();
        if (notHere.isEmpty()) {
            return rows;
        }
        List<RowDigest> all = new ArrayList<>(rows);
        all.addAll(side.rows(notHere));
        return all;
    }

    private Map<String, Difference> differences(List<String> keys) {
        return differences(sides.ask(side -> side.rows(keys)));
    }

    private Map<String, Difference> differences(Pair<List<RowDigest>> rows) {
        Map<String, RowDigest> owner = byKey(rows.owner());
        Map<String, RowDigest> replica = byKey(rows.replica());
        Set<String> keys = new LinkedHashSet<>(owner.keySet());
        keys.addAll(replica.keySet());
        Map<String, Difference> differences = new LinkedHashMap<>();
        for (String key : keys) {
            comparison
                    .difference(owner.get(key), replica.get(key))
                    .ifPresent(difference -> differences.put(key, difference));
        }
        return differences;
    }

    private List<String> thinned(List<String> boundaries) {
        int every = Math.max(1, Math.ceilDiv(boundaries.size(), options.maxRanges()));
        return IntStream.range(0, boundaries.size())
                .filter(i -> i % every == every - 1)
                .mapToObj(boundaries::get)
                .toList();
    }

    private List<String> entities(List<RowDigest> rows) {
        return rows.stream().filter(comparison::counts).map(RowDigest::key).toList();
    }

    private static Map<String, RowDigest> byKey(List<RowDigest> rows) {
        Map<String, RowDigest> byKey = HashMap.newHashMap(rows.size());
        rows.forEach(row -> byKey.put(row.key(), row));
        return byKey;
    }
}
