package dev.understudy.store.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of SQL.
 *
 * @param values for its parameters, in their order, as text that the SQL casts
 */
record Sql(String text, List<String> values) {
    Sql {
        values = List.copyOf(values);
    }

    static Sql of(String text) {
        return new Sql(text, List.of());
    }

    static Sql bound(String value, String type) {
        return new Sql("CAST(? AS " + type + ")", List.of(value));
    }

    /** Pieces between a prefix and a suffix. */
    static Sql joined(Collection<Sql> pieces, String separator, String prefix, String suffix) {
        return new Sql(
                pieces.stream()
                        .map(Sql::text)
                        .collect(Collectors.joining(separator, prefix, suffix)),
                pieces.stream().flatMap(piece -> piece.values().stream()).toList());
    }

    Sql then(String more) {
        return new Sql(text + more, values);
    }

    Sql then(Sql more) {
        List<String> all = new ArrayList<>(values);
        all.addAll(more.values);
        return new Sql(text + more.text, all);
    }

    Sql in(String prefix, String suffix) {
        return new Sql(prefix + text + suffix, values);
    }
}
