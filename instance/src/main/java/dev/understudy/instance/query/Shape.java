package dev.understudy.instance.query;

import dev.understudy.schemas.model.EntityField;
import java.util.List;

/** How an entity is shown: {@code $select} and {@code $expand}. */
public record Shape(Selection selection, List<Expansion> expansions) {
    public static final Shape WHOLE = new Shape(Selection.ALL, List.of());

    public Shape {
        expansions = List.copyOf(expansions);
    }

    /** Whether a reference is shown, by its key or expanded. */
    public boolean tellsOf(EntityField reference) {
        return selection.shows(reference)
                || expansions.stream().anyMatch(one -> one.reference().equals(reference));
    }
}
