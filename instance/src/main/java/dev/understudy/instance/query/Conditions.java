package dev.understudy.instance.query;

import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.RecordState;
import dev.understudy.store.query.Comparison;
import dev.understudy.store.query.Operand;
import dev.understudy.store.query.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Gives expressions their meaning for a type: fields for names, typed values for literals. */
record Conditions(Fields fields) {
    /** The condition that an expression is. */
    Predicate condition(Expression expression) {
        return switch (expression) {
            case Expression.And(var left, var right) ->
                    new Predicate.And(condition(left), condition(right));
            case Expression.Or(var left, var right) ->
                    new Predicate.Or(condition(left), condition(right));
            case Expression.Not(var negated) -> new Predicate.Not(condition(negated));
            case Expression.Comparison(var left, var operator, var right) ->
                    comparison(left, operator, right);
            case Expression.In(var left, var values) -> in(operand(left), values);
            case Expression.Path _, Expression.Call _, Expression.Literal _ ->
                    new Predicate.Holds(trueOrFalse(expression));
        };
    }

    /** The operand that an expression is, to sort by or to compare. */
    Operand operand(Expression expression) {
        return switch (expression) {
            case Expression.Path(var names) -> fields.operand(names);
            case Expression.Call(var name, var arguments) -> call(name, arguments);
            case Expression.Literal(Token token) -> {
                if (token.is("null")) {
                    throw InvalidQueryException.malformed(
                            "null at %d can only be compared by eq, ne and in"
                                    .formatted(token.position()));
                }
                yield Values.of(token);
            }
            case Expression.And _,
                    Expression.Or _,
                    Expression.Not _,
                    Expression.Comparison _,
                    Expression.In _ ->
                    throw InvalidQueryException.unsupported("a comparison of a condition");
        };
    }

    private Operand trueOrFalse(Expression expression) {
        Operand operand = operand(expression);
        if (!(operand.type() instanceof FieldType.Bool)) {
            throw InvalidQueryException.malformed(
                    expression instanceof Expression.Path
                            ? expression + " is not true or false"
                            : "a condition is true or false");
        }
        return operand;
    }

    private Predicate comparison(Expression left, String operator, Expression right) {
        Comparison comparison = comparison(operator);
        if (left instanceof Expression.Literal(Token value)
                && !(right instanceof Expression.Literal)) {
            return compare(operand(right), comparison.mirrored(), value);
        }
        if (right instanceof Expression.Literal(Token value)) {
            if (left instanceof Expression.Literal(Token other) && other.is("null")) {
                throw InvalidQueryException.malformed("null is compared with a field");
            }
            return compare(operand(left), comparison, value);
        }
        Operand one = operand(left);
        Operand other = operand(right);
        if (family(one.type()) != family(other.type())
                || one instanceof Operand.State != other instanceof Operand.State) {
            throw InvalidQueryException.malformed(
                    "%s compares different types".formatted(operator));
        }
        requireComparable(one, comparison);
        requireComparable(other, comparison);
        return new Predicate.Compare(one, comparison, other);
    }

    private static Predicate compare(Operand operand, Comparison comparison, Token value) {
        if (value.is("null")) {
            Predicate isNull = new Predicate.IsNull(operand);
            return switch (comparison) {
                case EQUAL -> isNull;
                case NOT_EQUAL -> new Predicate.Not(isNull);
                case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
                        new Predicate.And(isNull, new Predicate.Not(isNull));
            };
        }
        requireComparable(operand, comparison);
        return new Predicate.Compare(operand, comparison, constant(operand, value));
    }

    private static Predicate in(Operand operand, List<Token> values) {
        requireComparable(operand, Comparison.EQUAL);
        List<Operand.Constant> constants = new ArrayList<>();
        boolean orNull = false;
        for (Token value : values) {
            if (value.is("null")) {
                orNull = true;
            } else {
                constants.add(constant(operand, value));
            }
        }
        Predicate isNull = new Predicate.IsNull(operand);
        if (constants.isEmpty()) {
            return isNull;
        }
        Predicate in = new Predicate.In(operand, constants);
        return orNull ? new Predicate.Or(in, isNull) : in;
    }

    private static Operand.Constant constant(Operand operand, Token value) {
        Operand.Constant constant = Values.of(value, operand.type());
        return operand instanceof Operand.State
                ? new Operand.Constant(
                        RecordState.valueOf(constant.value().toString().toUpperCase(Locale.ROOT)),
                        constant.type())
                : constant;
    }

    private Operand call(String name, List<Expression> arguments) {
        Functions function = Functions.named(name);
        if (arguments.size() != function.takes().size()) {
            throw InvalidQueryException.malformed(
                    "%s takes %d arguments, not %d"
                            .formatted(name, function.takes().size(), arguments.size()));
        }
        List<Operand> operands = new ArrayList<>();
        for (Functions.Takes takes : function.takes()) {
            Operand operand = operand(arguments.get(operands.size()));
            if (operand instanceof Operand.State || !takes.fits(operand.type())) {
                throw InvalidQueryException.malformed("%s takes %s".formatted(name, takes));
            }
            operands.add(operand);
        }
        return new Operand.Call(function.function(), operands);
    }

    /** Whether values of this operand can be equal, and can be sorted. */
    static boolean isComparable(Operand operand) {
        return family(operand.type()) != Family.OPAQUE;
    }

    private static void requireComparable(Operand operand, Comparison comparison) {
        Family family = family(operand.type());
        if (family == Family.OPAQUE
                || (comparison.isOrder()
                        && (family == Family.BOOL || operand instanceof Operand.State))) {
            throw InvalidQueryException.malformed(
                    family == Family.OPAQUE
                            ? "such a field can only be compared with null"
                            : "such values are compared by eq, ne and in");
        }
    }

    private static Comparison comparison(String operator) {
        return switch (operator) {
            case "eq" -> Comparison.EQUAL;
            case "ne" -> Comparison.NOT_EQUAL;
            case "gt" -> Comparison.GREATER;
            case "ge" -> Comparison.GREATER_OR_EQUAL;
            case "lt" -> Comparison.LESS;
            case "le" -> Comparison.LESS_OR_EQUAL;
            default -> throw InvalidQueryException.unsupported("the operator " + operator);
        };
    }

    /** Types whose values can be compared. */
    private enum Family {
        TEXT,
        SYMBOL,
        UUID,
        NUMBER,
        BOOL,
        DATE,
        TIME,
        TIMESTAMP,
        LOCAL_TIMESTAMP,
        OPAQUE
    }

    private static Family family(FieldType type) {
        return switch (type) {
            case FieldType.Text _ -> Family.TEXT;
            case FieldType.Symbol _ -> Family.SYMBOL;
            case FieldType.Uuid _ -> Family.UUID;
            case FieldType.Whole _, FieldType.Real _, FieldType.Decimal _ -> Family.NUMBER;
            case FieldType.Bool _ -> Family.BOOL;
            case FieldType.Date _ -> Family.DATE;
            case FieldType.Time _ -> Family.TIME;
            case FieldType.Timestamp _ -> Family.TIMESTAMP;
            case FieldType.LocalTimestamp _ -> Family.LOCAL_TIMESTAMP;
            case FieldType.Bytes _, FieldType.Document _ -> Family.OPAQUE;
        };
    }
}
