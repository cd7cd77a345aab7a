package dev.understudy.instance.query;

import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.query.Operand;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Literals as values of the type that they are compared with. */
final class Values {
    private Values() {}

    /** The value that a literal, which is not null, has for a type. */
    static Operand.Constant of(Token token, FieldType type) {
        try {
            return switch (type) {
                case FieldType.Text _ -> new Operand.Constant(text(token), type);
                case FieldType.Symbol(List<String> symbols) ->
                        new Operand.Constant(symbol(token, symbols), type);
                case FieldType.Uuid _ ->
                        new Operand.Constant(UUID.fromString(text(token, Token.Kind.GUID)), type);
                case FieldType.Whole _, FieldType.Decimal _ -> number(token);
                case FieldType.Real _ -> real(token, type);
                case FieldType.Bool _ -> new Operand.Constant(bool(token), type);
                case FieldType.Date _ ->
                        new Operand.Constant(LocalDate.parse(text(token, Token.Kind.DATE)), type);
                case FieldType.Time _ ->
                        new Operand.Constant(LocalTime.parse(text(token, Token.Kind.TIME)), type);
                case FieldType.Timestamp _ ->
                        new Operand.Constant(
                                token.is(Token.Kind.DATE)
                                        ? midnight(token).toInstant(ZoneOffset.UTC)
                                        : OffsetDateTime.parse(text(token, Token.Kind.DATE_TIME))
                                                .toInstant(),
                                type);
                case FieldType.LocalTimestamp _ ->
                        new Operand.Constant(
                                token.is(Token.Kind.DATE)
                                        ? midnight(token)
                                        : LocalDateTime.parse(text(token, Token.Kind.DATE_TIME)),
                                type);
                case FieldType.Bytes _, FieldType.Document _ ->
                        throw InvalidQueryException.malformed(
                                "such a field can only be compared with null");
            };
        } catch (DateTimeException _) {
            throw wrong(token, type);
        } catch (WrongKindException _) {
            throw wrong(token, type);
        }
    }

    /** A literal that is compared with nothing that has a type. */
    static Operand.Constant of(Token token) {
        return switch (token.kind()) {
            case STRING, SYMBOL -> of(token, new FieldType.Text());
            case NUMBER -> number(token);
            case GUID -> of(token, new FieldType.Uuid());
            case DATE -> of(token, new FieldType.Date());
            case DATE_TIME -> of(token, new FieldType.Timestamp(true));
            case TIME -> of(token, new FieldType.Time(true));
            case NAME -> of(token, new FieldType.Bool());
            case OPEN, CLOSE, COMMA, SLASH, EQUALS, SEMICOLON, STAR, END ->
                    throw InvalidQueryException.malformed(token + " is not a value");
        };
    }

    private static final class WrongKindException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongKindException() {
            super(null, null, false, false);
        }
    }

    private static String text(Token token, Token.Kind kind) {
        if (!token.is(kind)) {
            throw new WrongKindException();
        }
        return token.text();
    }

    private static String text(Token token) {
        return text(token, Token.Kind.STRING);
    }

    private static String symbol(Token token, List<String> symbols) {
        String symbol = token.is(Token.Kind.SYMBOL) ? token.text() : text(token);
        if (!symbols.contains(symbol)) {
            throw InvalidQueryException.malformed(
                    "'%s' is not one of %s".formatted(symbol, symbols));
        }
        return symbol;
    }

    /** Whole numbers as such, so that an index of whole numbers serves. */
    private static Operand.Constant number(Token token) {
        BigDecimal value = new BigDecimal(text(token, Token.Kind.NUMBER));
        // An exponent of thousands would otherwise be spelt out in digits.
        if (Math.abs((long) value.scale()) > 1000) {
            throw InvalidQueryException.malformed("%s is too large".formatted(token));
        }
        try {
            return new Operand.Constant(value.longValueExact(), new FieldType.Whole(false));
        } catch (ArithmeticException _) {
            return new Operand.Constant(value, new FieldType.Decimal(1000, 0));
        }
    }

    private static Operand.Constant real(Token token, FieldType type) {
        double value = Double.parseDouble(text(token, Token.Kind.NUMBER));
        if (!Double.isFinite(value)) {
            throw InvalidQueryException.malformed("%s is too large".formatted(token));
        }
        return new Operand.Constant(value, type);
    }

    private static boolean bool(Token token) {
        return switch (text(token, Token.Kind.NAME)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new WrongKindException();
        };
    }

    private static LocalDateTime midnight(Token token) {
        return LocalDate.parse(token.text()).atStartOfDay();
    }

    private static InvalidQueryException wrong(Token token, FieldType type) {
        String wanted =
                switch (type) {
                    case FieldType.Text _, FieldType.Symbol _ -> "a string in single quotes";
                    case FieldType.Uuid _ -> "a UUID without quotes";
                    case FieldType.Whole _, FieldType.Decimal _, FieldType.Real _ -> "a number";
                    case FieldType.Bool _ -> "true or false";
                    case FieldType.Date _ -> "a date such as 2026-11-21";
                    case FieldType.Time _ -> "a time such as 13:45:00";
                    case FieldType.Timestamp _ ->
                            "a date such as 2026-11-21 or a moment such as 2026-11-21T13:45:00Z";
                    case FieldType.LocalTimestamp _ ->
                            "a date such as 2026-11-21 or a moment such as 2026-11-21T13:45:00";
                    case FieldType.Bytes _, FieldType.Document _ -> "null";
                };
        return InvalidQueryException.malformed(
                "expected %s at %d, not %s".formatted(wanted, token.position(), token));
    }
}
