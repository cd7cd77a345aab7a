package dev.understudy.instance.query;

import dev.understudy.store.query.GroupQuery;
import dev.understudy.store.query.Operand;
import dev.understudy.store.query.Order;
import dev.understudy.store.query.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code $apply}: {@code filter(…)/groupby((a,b),aggregate($count as n))}. */
final class ApplyParser {
    private final Fields fields;
    private final QueryLimits limits;
    private final Tokens tokens;

    ApplyParser(Fields fields, QueryLimits limits, Tokens tokens) {
        this.fields = fields;
        this.limits = limits;
        this.tokens = tokens;
    }

    Grouping parse() {
        Optional<Predicate> filter = Optional.empty();
        while (tokens.accept("filter")) {
            Predicate next = filter();
            filter =
                    Optional.of(
                            filter.<Predicate>map(f -> new Predicate.And(f, next)).orElse(next));
            tokens.expect(Token.Kind.SLASH);
        }
        if (tokens.accept("groupby")) {
            return groupBy(filter);
        }
        if (tokens.accept("aggregate")) {
            return new Grouping(filter, List.of(), Optional.of(aggregate()), List.of());
        }
        throw tokens.peek().is(Token.Kind.NAME)
                ? InvalidQueryException.unsupported("the transformation " + tokens.peek().text())
                : tokens.unexpected("groupby");
    }

    /** The order of groups: by what they are grouped by, or by the count. */
    static Grouping ordered(Grouping grouping, Fields fields, Tokens tokens) {
        List<GroupQuery.GroupOrder> order = new ArrayList<>();
        do {
            List<String> path = path(tokens);
            Order.Direction direction = OptionParser.direction(tokens);
            if (path.size() == 1 && grouping.count().equals(Optional.of(path.getFirst()))) {
                order.add(new GroupQuery.GroupOrder(Optional.empty(), direction));
            } else {
                Operand.Stored operand = stored(fields, path);
                if (!grouping.by().contains(operand)) {
                    throw InvalidQueryException.malformed(
                            "$orderby: groups have no '%s'".formatted(String.join("/", path)));
                }
                order.add(new GroupQuery.GroupOrder(Optional.of(operand), direction));
            }
        } while (tokens.accept(Token.Kind.COMMA).isPresent());
        return grouping.ordered(order);
    }

    private Predicate filter() {
        tokens.expect(Token.Kind.OPEN);
        Expression expression = new ExpressionParser(tokens, limits).parse();
        tokens.expect(Token.Kind.CLOSE);
        return new Conditions(fields).condition(expression);
    }

    private Grouping groupBy(Optional<Predicate> filter) {
        tokens.expect(Token.Kind.OPEN);
        tokens.expect(Token.Kind.OPEN);
        List<Operand.Stored> by = new ArrayList<>();
        do {
            by.add(stored(fields, path(tokens)));
        } while (tokens.accept(Token.Kind.COMMA).isPresent());
        tokens.expect(Token.Kind.CLOSE);
        Optional<String> count = Optional.empty();
        if (tokens.accept(Token.Kind.COMMA).isPresent()) {
            tokens.expect("aggregate");
            count = Optional.of(aggregate());
        }
        tokens.expect(Token.Kind.CLOSE);
        if (by.size() > limits.filterTerms()) {
            throw new InvalidQueryException(
                    InvalidQueryException.Reason.TOO_COMPLEX,
                    "groups are by at most %d fields".formatted(limits.filterTerms()));
        }
        return new Grouping(filter, by, count, List.of());
    }

    private String aggregate() {
        tokens.expect(Token.Kind.OPEN);
        if (!tokens.accept("$count")) {
            throw tokens.peek().is(Token.Kind.NAME)
                    ? InvalidQueryException.unsupported("an aggregate other than $count")
                    : tokens.unexpected("$count");
        }
        tokens.expect("as");
        String name = tokens.expect(Token.Kind.NAME).text();
        tokens.expect(Token.Kind.CLOSE);
        return name;
    }

    private static List<String> path(Tokens tokens) {
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.expect(Token.Kind.NAME).text());
        } while (tokens.accept(Token.Kind.SLASH).isPresent());
        return names;
    }

    private static Operand.Stored stored(Fields fields, List<String> path) {
        if (fields.operand(path) instanceof Operand.Stored stored
                && Conditions.isComparable(stored)) {
            return stored;
        }
        throw InvalidQueryException.unsupported("grouping by " + String.join("/", path));
    }
}
