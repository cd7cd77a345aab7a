package dev.understudy.store.query;

import dev.understudy.schemas.model.EntityType;
import java.util.List;
import java.util.Optional;

/**
 * Hydrated rows and placeholders counted by the values of some of their fields.
 *
 * @param by none for one group of all rows
 * @param order by fields that are grouped by, or by the count where the operand is empty
 * @param limit groups at most, from 1
 */
public record GroupQuery(
        EntityType type,
        Optional<Predicate> filter,
        List<Operand.Stored> by,
        List<GroupOrder> order,
        int limit) {
    public GroupQuery {
        by = List.copyOf(by);
        order = List.copyOf(order);
    }

    /** One thing to sort groups by: a field, or how many there are. */
    public record GroupOrder(Optional<Operand.Stored> operand, Order.Direction direction) {}
}
