package dev.understudy.instance.query;

import dev.understudy.store.query.Order;
import dev.understudy.store.query.Predicate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The query options of a read of an entity set.
 *
 * @param filter of a grouping it is in the grouping
 */
public record SetQuery(
        Shape shape,
        Optional<Predicate> filter,
        List<Order> order,
        Paging paging,
        Optional<Grouping> grouping) {
    public SetQuery {
        order = List.copyOf(order);
    }

    /**
     * How much is answered, and from where.
     *
     * @param top entities at most, over all pages from here
     * @param skip entities that are passed over before
     * @param count whether to tell how many there are
     * @param skipToken of the link that led here
     */
    public record Paging(OptionalInt top, int skip, boolean count, Optional<String> skipToken) {}
}
