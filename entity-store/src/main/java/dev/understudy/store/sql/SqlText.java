package dev.understudy.store.sql;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.FieldType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values as PostgreSQL reads them from text, whatever the session's settings. Text, and not a
 * driver's conversion, so that one array of strings binds a column of any type exactly.
 */
public final class SqlText {
    private SqlText() {}

    /** A field's value; null stays null. */
    public static @Nullable String of(EntityField field, @Nullable Object value) {
        return value == null ? null : of(field.type(), value);
    }

    /** A value of this type. */
    public static String of(FieldType type, Object value) {
        return switch (type) {
            case FieldType.Decimal _ -> ((BigDecimal) value).toPlainString();
            case FieldType.Date _ -> date((LocalDate) value);
            case FieldType.Time _ -> ((LocalTime) value).truncatedTo(ChronoUnit.MICROS).toString();
            case FieldType.Timestamp _ -> of((Instant) value);
            case FieldType.LocalTimestamp _ -> dateTime((LocalDateTime) value, "");
            case FieldType.Bytes _ -> bytes((ByteBuffer) value);
            case FieldType.Text _,
                    FieldType.Uuid _,
                    FieldType.Symbol _,
                    FieldType.Whole _,
                    FieldType.Real _,
                    FieldType.Bool _,
                    FieldType.Document _ ->
                    value.toString();
        };
    }

    /** A moment, to the microsecond below. */
    public static String of(Instant instant) {
        return dateTime(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), "+00");
    }

    private static String dateTime(LocalDateTime value, String zone) {
        String time = value.toLocalTime().truncatedTo(ChronoUnit.MICROS).toString();
        return day(value.toLocalDate()) + " " + time + zone + era(value.toLocalDate());
    }

    private static String date(LocalDate date) {
        return day(date) + era(date);
    }

    private static String day(LocalDate date) {
        // The year before 1 is 1 BC, which ISO 8601 calls 0.
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return String.format(
                Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static String bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return "\\x" + HexFormat.of().formatHex(bytes);
    }
}
