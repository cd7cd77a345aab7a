package dev.understudy.store.query;

import java.util.List;

/**
 * Conditions as SQL. A comparison with null is null in SQL and false in OData, which is the same
 * until it is negated: below a {@code not} each is made false.
 */
final class PredicateSql {
    private final OperandSql operands;

    PredicateSql(OperandSql operands) {
        this.operands = operands;
    }

    Sql of(Predicate predicate) {
        return of(predicate, false);
    }

    private Sql of(Predicate predicate, boolean negated) {
        return switch (predicate) {
            case Predicate.And(var left, var right) -> both(left, " AND ", right, negated);
            case Predicate.Or(var left, var right) -> both(left, " OR ", right, negated);
            case Predicate.Not(var inner) -> of(inner, true).in("(NOT ", ")");
            case Predicate.Compare(var left, var comparison, var right) ->
                    compare(left, comparison, right, negated);
            case Predicate.IsNull(var operand) -> operands.of(operand).in("(", " IS NULL)");
            case Predicate.In(var operand, var values) ->
                    falseForNull(
                            operands.of(operand)
                                    .then(" IN ")
                                    .then(
                                            Sql.joined(
                                                    values.stream().map(operands::of).toList(),
                                                    ", ",
                                                    "(",
                                                    ")")),
                            negated);
            case Predicate.Holds(var operand) -> operands.of(operand);
        };
    }

    private Sql both(Predicate left, String operator, Predicate right, boolean negated) {
        return Sql.joined(List.of(of(left, negated), of(right, negated)), operator, "(", ")");
    }

    private Sql compare(Operand left, Comparison comparison, Operand right, boolean negated) {
        if (comparison.isOrder()) {
            return falseForNull(
                    joined(operands.sortable(left), comparison.sql(), operands.sortable(right)),
                    negated);
        }
        Sql one = operands.of(left);
        Sql other = operands.of(right);
        if (comparison == Comparison.NOT_EQUAL) {
            return joined(one, comparison.sql(), other);
        }
        boolean constant = left instanceof Operand.Constant || right instanceof Operand.Constant;
        // Two nulls are equal; an index helps only with the plain sign.
        return constant
                ? falseForNull(joined(one, comparison.sql(), other), negated)
                : joined(one, "IS NOT DISTINCT FROM", other);
    }

    private static Sql joined(Sql left, String operator, Sql right) {
        return left.then(" " + operator + " ").then(right).in("(", ")");
    }

    private static Sql falseForNull(Sql condition, boolean negated) {
        return negated ? condition.in("coalesce(", ", false)") : condition;
    }
}
