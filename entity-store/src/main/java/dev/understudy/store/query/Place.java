package dev.understudy.store.query;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an ordered result: between the row that has these values, and the next one.
 *
 * @param values as PostgreSQL writes them, one for each thing that is sorted by, then the key
 */
public record Place(List<@Nullable String> values) {
    public Place {
        values = Collections.unmodifiableList(Arrays.asList(values.toArray(new String[0])));
    }

    /** The place behind a row that has these values. */
    public static Place behind(List<@Nullable String> values) {
        return new Place(values);
    }
}
