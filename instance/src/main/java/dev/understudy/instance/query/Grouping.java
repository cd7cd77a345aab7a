package dev.understudy.instance.query;

import dev.understudy.store.query.GroupQuery;
import dev.understudy.store.query.Operand;
import dev.understudy.store.query.Predicate;
import java.util.List;
import java.util.Optional;

/**
 * What {@code $apply} asks for: how many entities have the same values.
 *
 * @param filter before they are grouped
 * @param count the name of the count in the answer; empty if only the values are asked for
 */
public record Grouping(
        Optional<Predicate> filter,
        List<Operand.Stored> by,
        Optional<String> count,
        List<GroupQuery.GroupOrder> order) {
    public Grouping {
        by = List.copyOf(by);
        order = List.copyOf(order);
    }

    Grouping ordered(List<GroupQuery.GroupOrder> by) {
        return new Grouping(filter, this.by, count, by);
    }
}
