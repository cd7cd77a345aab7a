package dev.understudy.store.query;

import dev.understudy.store.EntityRow;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a query.
 *
 * @param last where the page ends; empty if nothing comes after it
 */
public record QueryPage(List<EntityRow> rows, Optional<Place> last) {
    public QueryPage {
        rows = List.copyOf(rows);
    }
}
