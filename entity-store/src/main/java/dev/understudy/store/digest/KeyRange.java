package dev.understudy.store.digest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of keys in the database's order.
 *
 * @param from its first key, or null for the very first
 * @param to the first key behind it, or null if there is none
 */
public record KeyRange(@Nullable String from, @Nullable String to) {
    static final KeyRange ALL = new KeyRange(null, null);

    /** One of the parts into which these keys of this range cut it. */
    KeyRange part(List<String> boundaries, int part) {
        return new KeyRange(
                part == 0 ? from : boundaries.get(part - 1),
                part == boundaries.size() ? to : boundaries.get(part));
    }
}
