package dev.understudy.store.digest;

import java.util.Map;

/**
 * What one side holds of a type.
 *
 * @param keyKind how its key is encoded, as the values of {@code fields}
 * @param fields how each field but the key is encoded, by its name: the name of a PostgreSQL type
 * @param purgedUpTo deletion markers at or below this version may have been purged here; 0 if none
 * @param condition on the entities that are kept here, as in a catalog; empty if all are
 */
public record TypeDescription(
        String type,
        String keyKind,
        Map<String, String> fields,
        long purgedUpTo,
        String condition) {
    public TypeDescription {
        fields = Map.copyOf(fields);
    }
}
