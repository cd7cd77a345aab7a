package dev.understudy.store.query;

import dev.understudy.schemas.model.EntityType;
import java.util.List;
import java.util.Optional;

/**
 * Which hydrated rows and placeholders to read, in which order, ties in the order of keys.
 *
 * @param after where an earlier page ended: its {@link QueryPage#last}
 * @param skip rows that are passed over, from 0
 * @param limit rows at most, from 1
 */
public record EntityQuery(
        EntityType type,
        Optional<Predicate> filter,
        List<Order> order,
        Optional<Place> after,
        int skip,
        int limit) {
    public EntityQuery {
        order = List.copyOf(order);
    }
}
