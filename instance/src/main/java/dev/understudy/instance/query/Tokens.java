package dev.understudy.instance.query;

import java.util.List;
import java.util.Optional;

/** The tokens of one query option, read from the left. */
final class Tokens {
    private final String option;
    private final List<Token> tokens;
    private int at;

    /**
     * The tokens of an option.
     *
     * @param option its name, for messages
     */
    Tokens(String option, String text) {
        this.option = option;
        this.tokens = Lexer.tokens(text);
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        if (!token.is(Token.Kind.END)) {
            at++;
        }
        return token;
    }

    /** The next token, if it is of this kind. */
    Optional<Token> accept(Token.Kind kind) {
        return peek().is(kind) ? Optional.of(next()) : Optional.empty();
    }

    /** Whether the next token is this name, which is read then. */
    boolean accept(String name) {
        if (peek().is(name)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(Token.Kind kind) {
        return accept(kind).orElseThrow(() -> unexpected(kind.toString()));
    }

    void expect(String name) {
        if (!accept(name)) {
            throw unexpected(name);
        }
    }

    void expectEnd() {
        if (!peek().is(Token.Kind.END)) {
            throw unexpected("the end");
        }
    }

    InvalidQueryException unexpected(String wanted) {
        return InvalidQueryException.malformed(
                "%s: expected %s at %d, not %s"
                        .formatted(option, wanted, peek().position(), peek()));
    }
}
