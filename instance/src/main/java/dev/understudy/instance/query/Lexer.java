package dev.understudy.instance.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query option into tokens: the literals of OData 4.01's ABNF, names and punctuation. */
final class Lexer {
    private static final Pattern SPACE = Pattern.compile("[ \t]+");

    /** In the order in which they are tried: a date begins as a number does. */
    private static final List<Map.Entry<Token.Kind, Pattern>> LITERALS =
            List.of(
                    Map.entry(
                            Token.Kind.GUID,
                            Pattern.compile(
                                    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}"
                                            + "-[0-9A-Fa-f]{12}(?![0-9A-Za-z_])")),
                    Map.entry(
                            Token.Kind.DATE_TIME,
                            Pattern.compile(
                                    "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?"
                                            + "(?:Z|[+-]\\d{2}:\\d{2})?(?![0-9A-Za-z_:])")),
                    Map.entry(
                            Token.Kind.DATE,
                            Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?![0-9A-Za-z_:-])")),
                    Map.entry(
                            Token.Kind.TIME,
                            Pattern.compile(
                                    "\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?![0-9A-Za-z_:])")),
                    Map.entry(
                            Token.Kind.NUMBER,
                            Pattern.compile(
                                    "[+-]?\\d{1,400}(?:\\.\\d{1,400})?(?:[eE][+-]?\\d{1,4})?"
                                            + "(?![0-9A-Za-z_.:-])")),
                    Map.entry(
                            Token.Kind.NAME,
                            Pattern.compile(
                                    "[@$]?[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*")));

    private static final Map<Character, Token.Kind> PUNCTUATION =
            Map.of(
                    '(', Token.Kind.OPEN,
                    ')', Token.Kind.CLOSE,
                    ',', Token.Kind.COMMA,
                    '/', Token.Kind.SLASH,
                    '=', Token.Kind.EQUALS,
                    ';', Token.Kind.SEMICOLON,
                    '*', Token.Kind.STAR);

    private final String text;
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** The tokens of a decoded option, the last of which is its end. */
    static List<Token> tokens(String text) {
        if (text.indexOf('\0') >= 0) {
            throw InvalidQueryException.malformed("the query has a NUL character");
        }
        Lexer lexer = new Lexer(text);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (!tokens.getLast().is(Token.Kind.END));
        return tokens;
    }

    private Token next() {
        Matcher space = matcher(SPACE);
        if (space.lookingAt()) {
            at = space.end();
        }
        int start = at;
        if (at == text.length()) {
            return new Token(Token.Kind.END, "", start + 1);
        }
        char first = text.charAt(at);
        if (first == '\'') {
            return new Token(Token.Kind.STRING, quoted(), start + 1);
        }
        Token.Kind punctuation = PUNCTUATION.get(first);
        if (punctuation != null) {
            at++;
            return new Token(punctuation, String.valueOf(first), start + 1);
        }
        for (Map.Entry<Token.Kind, Pattern> literal : LITERALS) {
            Matcher matcher = matcher(literal.getValue());
            if (matcher.lookingAt()) {
                at = matcher.end();
                boolean symbol =
                        literal.getKey() == Token.Kind.NAME
                                && at < text.length()
                                && text.charAt(at) == '\'';
                return symbol
                        ? new Token(Token.Kind.SYMBOL, quoted(), start + 1)
                        : new Token(literal.getKey(), matcher.group(), start + 1);
            }
        }
        throw InvalidQueryException.malformed(
                "'%s' at %d is not understood".formatted(shown(), start + 1));
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
    }

    /** What stands in quotes, in which a quote is doubled. */
    private String quoted() {
        int start = at;
        StringBuilder inner = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '\'') {
                inner.append(next);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                inner.append(next);
                at++;
            } else {
                return inner.toString();
            }
        }
        throw InvalidQueryException.malformed(
                "the string that begins at %d has no end".formatted(start + 1));
    }

    private String shown() {
        return text.substring(at, text.offsetByCodePoints(at, 1));
    }
}
