package dev.understudy.instance.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Recursive descent over OData's common expressions, in their order of precedence: {@code or},
 * {@code and}, {@code eq ne}, {@code gt ge lt le in}, {@code not}, paths and functions.
 */
final class ExpressionParser {
    private static final Set<String> EQUALITY = Set.of("eq", "ne");
    private static final Set<String> RELATION = Set.of("gt", "ge", "lt", "le");
    private static final Set<String> MISSING =
            Set.of("add", "sub", "mul", "div", "divby", "mod", "has");

    private final Tokens tokens;
    private final QueryLimits limits;
    private int depth;
    private int terms;

    ExpressionParser(Tokens tokens, QueryLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    /** One expression, and what follows it is left. */
    Expression parse() {
        Expression left = conjunction();
        while (tokens.accept("or")) {
            left = new Expression.Or(left, conjunction());
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = equality();
        while (tokens.accept("and")) {
            left = new Expression.And(left, equality());
        }
        return left;
    }

    private Expression equality() {
        Expression left = relation();
        while (tokens.peek().is(Token.Kind.NAME) && EQUALITY.contains(tokens.peek().text())) {
            String operator = tokens.next().text();
            left = new Expression.Comparison(left, operator, relation());
        }
        return left;
    }

    private Expression relation() {
        Expression left = unary();
        while (tokens.peek().is(Token.Kind.NAME)) {
            String operator = tokens.peek().text();
            if (RELATION.contains(operator)) {
                tokens.next();
                left = new Expression.Comparison(left, operator, unary());
            } else if (tokens.accept("in")) {
                left = new Expression.In(left, values());
            } else if (MISSING.contains(operator)) {
                throw InvalidQueryException.unsupported("the operator " + operator);
            } else {
                return left;
            }
        }
        return left;
    }

    private Expression unary() {
        if (tokens.accept("not")) {
            enter();
            Expression negated = unary();
            depth--;
            return new Expression.Not(negated);
        }
        return primary();
    }

    private Expression primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case OPEN -> {
                tokens.next();
                enter();
                Expression inner = parse();
                tokens.expect(Token.Kind.CLOSE);
                depth--;
                yield inner;
            }
            case NAME -> {
                countTerm();
                tokens.next();
                yield isLiteral(token) ? new Expression.Literal(token) : named(token);
            }
            case STRING, SYMBOL, NUMBER, GUID, DATE, DATE_TIME, TIME -> {
                countTerm();
                yield new Expression.Literal(tokens.next());
            }
            default -> throw tokens.unexpected("a field, a value or a function");
        };
    }

    private Expression named(Token name) {
        if (tokens.accept(Token.Kind.OPEN).isPresent()) {
            enter();
            List<Expression> arguments = new ArrayList<>();
            if (tokens.accept(Token.Kind.CLOSE).isEmpty()) {
                do {
                    arguments.add(parse());
                } while (tokens.accept(Token.Kind.COMMA).isPresent());
                tokens.expect(Token.Kind.CLOSE);
            }
            depth--;
            return new Expression.Call(name.text(), arguments);
        }
        List<String> names = new ArrayList<>(List.of(name.text()));
        while (tokens.accept(Token.Kind.SLASH).isPresent()) {
            names.add(tokens.expect(Token.Kind.NAME).text());
        }
        return new Expression.Path(names);
    }

    private List<Token> values() {
        tokens.expect(Token.Kind.OPEN);
        List<Token> values = new ArrayList<>();
        do {
            countTerm();
            values.add(tokens.next());
        } while (tokens.accept(Token.Kind.COMMA).isPresent());
        tokens.expect(Token.Kind.CLOSE);
        return values;
    }

    static boolean isLiteral(Token token) {
        return switch (token.kind()) {
            case STRING, SYMBOL, NUMBER, GUID, DATE, DATE_TIME, TIME -> true;
            case NAME -> token.is("null") || token.is("true") || token.is("false");
            case OPEN, CLOSE, COMMA, SLASH, EQUALS, SEMICOLON, STAR, END -> false;
        };
    }

    private void enter() {
        if (++depth > limits.filterDepth()) {
            throw new InvalidQueryException(
                    InvalidQueryException.Reason.TOO_COMPLEX,
                    "an expression is at most %d levels deep".formatted(limits.filterDepth()));
        }
    }

    private void countTerm() {
        if (++terms > limits.filterTerms()) {
            throw new InvalidQueryException(
                    InvalidQueryException.Reason.TOO_COMPLEX,
                    "an expression has at most %d operands".formatted(limits.filterTerms()));
        }
    }
}
