package dev.understudy.instance.query;

import dev.understudy.store.query.Operand;
import dev.understudy.store.query.Order;
import dev.understudy.store.query.Predicate;
import java.util.ArrayList;
import java.util.List;

/** Reads the options that say which entities of a set, and in which order. */
final class OptionParser {
    private static final int MAX_ORDERS = 10;

    private OptionParser() {}

    static Predicate filter(Fields fields, QueryLimits limits, String text) {
        Tokens tokens = new Tokens("$filter", text);
        Expression expression = new ExpressionParser(tokens, limits).parse();
        tokens.expectEnd();
        return new Conditions(fields).condition(expression);
    }

    static List<Order> order(Fields fields, QueryLimits limits, String text) {
        Tokens tokens = new Tokens("$orderby", text);
        List<Order> order = new ArrayList<>();
        ExpressionParser parser = new ExpressionParser(tokens, limits);
        do {
            Operand operand = new Conditions(fields).operand(parser.parse());
            if (!Conditions.isComparable(operand)) {
                throw InvalidQueryException.malformed("$orderby: such a field has no order");
            }
            order.add(new Order(operand, direction(tokens)));
        } while (tokens.accept(Token.Kind.COMMA).isPresent());
        tokens.expectEnd();
        if (order.size() > MAX_ORDERS) {
            throw new InvalidQueryException(
                    InvalidQueryException.Reason.TOO_COMPLEX,
                    "$orderby: at most %d things are sorted by".formatted(MAX_ORDERS));
        }
        return order;
    }

    static Order.Direction direction(Tokens tokens) {
        if (tokens.accept("desc")) {
            return Order.Direction.DESCENDING;
        }
        tokens.accept("asc");
        return Order.Direction.ASCENDING;
    }

    static int count(String option, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && !text.startsWith("+")) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Answered below, as a negative number is.
        }
        throw InvalidQueryException.malformed(
                "%s is a whole number from 0 up, not '%s'".formatted(option, text));
    }

    static boolean bool(String option, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw InvalidQueryException.malformed(
                            "%s is true or false, not '%s'".formatted(option, text));
        };
    }
}
