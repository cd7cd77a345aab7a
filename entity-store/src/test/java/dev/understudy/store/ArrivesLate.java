package dev.understudy.store;

import dev.understudy.store.digest.DigestScope;
import dev.understudy.store.digest.DigestSide;
import dev.understudy.store.digest.KeyRange;
import dev.understudy.store.digest.PlacedKey;
import dev.understudy.store.digest.RangeSum;
import dev.understudy.store.digest.RowDigest;
import dev.understudy.store.digest.TypeDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A side at which something happens before rows are looked at for the second time. */
record ArrivesLate(DigestSide side, Runnable arrival) implements DigestSide {
    @Override
    public TypeDescription describe(String type) {
        return side.describe(type);
    }

    @Override
    public List<String> cut(DigestScope scope, KeyRange range, int rowsPerPart) {
        return side.cut(scope, range, rowsPerPart);
    }

    @Override
    public List<RangeSum> sums(DigestScope scope, KeyRange range, List<String> boundaries) {
        return side.sums(scope, range, boundaries);
    }

    @Override
    public List<RowDigest> rows(DigestScope scope, KeyRange range, int limit) {
        return side.rows(scope, range, limit);
    }

    @Override
    public List<RowDigest> rows(DigestScope scope, List<String> keys) {
        arrival.run();
        return side.rows(scope, keys);
    }

    @Override
    public List<PlacedKey> placeholders(String type, @Nullable PlacedKey after, int limit) {
        return side.placeholders(type, after, limit);
    }
}
