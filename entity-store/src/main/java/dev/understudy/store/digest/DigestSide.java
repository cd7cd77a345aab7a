package dev.understudy.store.digest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the two databases that are compared, here or behind HTTP: all that is asked and answered
 * are plain records, keys in their one textual form. Each answer is of one snapshot. Thread-safe.
 */
public interface DigestSide {
    /**
     * What this side holds of a type.
     *
     * @throws dev.understudy.schemas.model.ModelException if it does not hold the type
     */
    TypeDescription describe(String type);

    /**
     * Keys, in order, that cut a range into parts of about so many rows. Of the range of all keys
     * they come from a sample of the table's pages, of any other from all its keys.
     */
    List<String> cut(DigestScope scope, KeyRange range, int rowsPerPart);

    /** The sums of the parts into which these keys cut a range: one more than there are keys. */
    List<RangeSum> sums(DigestScope scope, KeyRange range, List<String> boundaries);

    /** The rows that the sums of a range count, in the order of keys; at most so many. */
    List<RowDigest> rows(DigestScope scope, KeyRange range, int limit);

    /** The rows that have these keys, placeholders too. */
    List<RowDigest> rows(DigestScope scope, List<String> keys);

    /** Placeholders from the oldest, beginning after one; at most so many. */
    List<PlacedKey> placeholders(String type, @Nullable PlacedKey after, int limit);
}
