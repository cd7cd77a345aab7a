package dev.understudy.store.query;

import dev.understudy.store.table.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as SQL, and the condition of the rows behind a place in it. Null is below everything, as
 * OData has it, and ties are broken by the key.
 */
final class OrderSql {
    /**
     * One thing that is sorted by.
     *
     * @param type to which the text of its value is cast
     */
    private record Term(Sql sql, String type, Order.Direction direction) {
        Sql by() {
            return switch (direction) {
                case ASCENDING -> sql.then(" ASC NULLS FIRST");
                case DESCENDING -> sql.then(" DESC NULLS LAST");
            };
        }
    }

    private final List<Term> terms = new ArrayList<>();

    OrderSql(OperandSql operands, List<Order> order) {
        for (Order one : order) {
            terms.add(
                    new Term(
                            operands.sortable(one.operand()),
                            OperandSql.sortableType(one.operand()),
                            one.direction()));
        }
        Column key = operands.table().key();
        terms.add(
                new Term(
                        Sql.of(OperandSql.ROW + "." + key.quoted()),
                        key.type().element(),
                        Order.Direction.ASCENDING));
    }

    int size() {
        return terms.size();
    }

    /** What follows ORDER BY. The key is never null: so its index has this order. */
    Sql by() {
        List<Sql> all = new ArrayList<>();
        terms.subList(0, terms.size() - 1).forEach(term -> all.add(term.by()));
        all.add(terms.getLast().sql());
        return Sql.joined(all, ", ", "", "");
    }

    /** The values of a row's place, as columns. */
    Sql values() {
        return Sql.joined(
                terms.stream().map(term -> term.sql().in("(", ")::text")).toList(), ", ", "", "");
    }

    /** The condition of the rows that come after a place. */
    Sql after(Place place) {
        List<Sql> ways = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            List<Sql> all = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                all.add(same(terms.get(j), place.values().get(j)));
            }
            all.add(beyond(terms.get(i), place.values().get(i)));
            ways.add(Sql.joined(all, " AND ", "(", ")"));
        }
        return Sql.joined(ways, " OR ", "(", ")");
    }

    private static Sql same(Term term, @Nullable String value) {
        return value == null
                ? term.sql().then(" IS NULL")
                : term.sql().then(" = ").then(Sql.bound(value, term.type()));
    }

    private static Sql beyond(Term term, @Nullable String value) {
        return switch (term.direction()) {
            case ASCENDING ->
                    value == null
                            ? term.sql().then(" IS NOT NULL")
                            : term.sql().then(" > ").then(Sql.bound(value, term.type()));
            case DESCENDING ->
                    value == null
                            ? Sql.of("false")
                            : term.sql()
                                    .then(" < ")
                                    .then(Sql.bound(value, term.type()))
                                    .then(" OR ")
                                    .then(term.sql())
                                    .then(" IS NULL")
                                    .in("(", ")");
        };
    }
}
