package dev.understudy.store.digest;

import java.util.List;

/** One side of a comparison, asked about its own scope: only the owner's rows can be outside. */
record ScopedSide(DigestSide side, DigestScope scope) {
    List<String> cut(KeyRange range, int rowsPerPart) {
        return side.cut(scope, range, rowsPerPart);
    }

    List<RangeSum> sums(KeyRange range, List<String> boundaries) {
        return side.sums(scope, range, boundaries);
    }

    List<RowDigest> rows(KeyRange range, int limit) {
        return side.rows(scope, range, limit);
    }

    List<RowDigest> rows(List<String> keys) {
        return side.rows(scope, keys);
    }
}
