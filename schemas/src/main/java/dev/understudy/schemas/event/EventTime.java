package dev.understudy.schemas.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** {@code ce_time} as it is nearly always spelt; {@link Instant#parse} takes all the others. */
final class EventTime {
    /** {@code 2026-11-21T10:00:00}. */
    private static final int SECONDS_LENGTH = 19;

    private static final int MAX_LENGTH = SECONDS_LENGTH + ".123456789Z".length();
    private static final long SECONDS_OF_DAY = 86_400;
    private static final int NANO_DIGITS = 9;

    private EventTime() {}

    /**
     * A moment in ISO 8601.
     *
     * @throws DateTimeException if the text is none
     */
    static Instant parse(String text) {
        int length = text.length();
        return length > SECONDS_LENGTH
                        && length <= MAX_LENGTH
                        && text.charAt(length - 1) == 'Z'
                        && isSpelt(text)
                ? quickly(text)
                : Instant.parse(text);
    }

    private static Instant quickly(String text) {
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long day =
                LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                        .toEpochDay();
        return Instant.ofEpochSecond(
                day * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second, nanos(text));
    }

    private static boolean isSpelt(String text) {
        int last = text.length() - 1;
        for (int i = 0; i < last; i++) {
            char expected =
                    switch (i) {
                        case 4, 7 -> '-';
                        case 10 -> 'T';
                        case 13, 16 -> ':';
                        case SECONDS_LENGTH -> '.';
                        default -> '0';
                    };
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return last != SECONDS_LENGTH + 1;
    }

    private static int nanos(String text) {
        int digits = Math.max(0, text.length() - 1 - SECONDS_LENGTH - 1);
        int nanos = number(text, SECONDS_LENGTH + 1, digits);
        for (int i = digits; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}
