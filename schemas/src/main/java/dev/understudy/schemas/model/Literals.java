package dev.understudy.schemas.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/** Values as a condition writes them: quoted, or a number, or true or false. */
final class Literals {
    private Literals() {}

    /**
     * The value of a field that a token stands for.
     *
     * @throws IllegalArgumentException or {@link java.time.DateTimeException} if it is none
     */
    static Comparable<?> of(EntityField field, String token) {
        return switch (field.type()) {
            case FieldType.Text _ -> unquoted(token);
            case FieldType.Symbol(List<String> symbols) -> symbol(symbols, unquoted(token));
            case FieldType.Uuid _ -> UUID.fromString(unquoted(token));
            case FieldType.Whole _ -> Long.valueOf(token);
            case FieldType.Real _ -> Double.valueOf(token);
            case FieldType.Decimal _ -> new BigDecimal(token);
            case FieldType.Bool _ -> bool(token);
            case FieldType.Date _ -> LocalDate.parse(unquoted(token));
            case FieldType.Time _ -> LocalTime.parse(unquoted(token));
            case FieldType.Timestamp _ -> Instant.parse(unquoted(token));
            case FieldType.LocalTimestamp _ -> LocalDateTime.parse(unquoted(token));
            case FieldType.Bytes _, FieldType.Document _ ->
                    throw new IllegalArgumentException("such a field cannot be compared");
        };
    }

    /** The token that stands for a value. */
    static String text(Comparable<?> value) {
        return switch (value) {
            case Boolean _, Long _ -> value.toString();
            case BigDecimal decimal -> decimal.toPlainString();
            case Double number -> new BigDecimal(number.toString()).toPlainString();
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }

    private static String unquoted(String token) {
        if (!token.startsWith("'")) {
            throw new IllegalArgumentException("the value is written in single quotes");
        }
        return token.substring(1, token.length() - 1).replace("''", "'");
    }

    private static String symbol(List<String> symbols, String text) {
        if (!symbols.contains(text)) {
            throw new IllegalArgumentException("the field is one of " + symbols);
        }
        return text;
    }

    private static Boolean bool(String token) {
        return switch (token) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("the value is true or false");
        };
    }
}
