package dev.understudy.store.query;

import java.util.List;

/**
 * A condition of rows. As in OData, a comparison with null is false, apart from those that ask for
 * null, and a function of null is neither true nor false.
 */
public sealed interface Predicate {
    record And(Predicate left, Predicate right) implements Predicate {}

    record Or(Predicate left, Predicate right) implements Predicate {}

    record Not(Predicate negated) implements Predicate {}

    record Compare(Operand left, Comparison comparison, Operand right) implements Predicate {}

    record IsNull(Operand operand) implements Predicate {}

    /** Whether the operand has one of these values; all are of its type. */
    record In(Operand operand, List<Operand.Constant> values) implements Predicate {
        public In {
            values = List.copyOf(values);
        }
    }

    /** Whether an operand that is true or false is true. */
    record Holds(Operand operand) implements Predicate {}
}
