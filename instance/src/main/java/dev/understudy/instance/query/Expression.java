package dev.understudy.instance.query;

import java.util.List;

/** What a filter says, before it is known what its names mean. */
sealed interface Expression {
    /** A field, also of an entity that is referred to: {@code account/name}. */
    record Path(List<String> names) implements Expression {
        public Path {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return String.join("/", names);
        }
    }

    record Literal(Token token) implements Expression {}

    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Not(Expression negated) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    /** {@code eq}, {@code gt} and so on. */
    record Comparison(Expression left, String operator, Expression right) implements Expression {}

    record In(Expression left, List<Token> values) implements Expression {
        public In {
            values = List.copyOf(values);
        }
    }
}
