package dev.understudy.store.query;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows have the same values.
 *
 * @param values of what is grouped by, each of the class that its type names
 */
public record RowGroup(List<@Nullable Object> values, long count) {
    public RowGroup {
        values = Collections.unmodifiableList(Arrays.asList(values.toArray()));
    }
}
