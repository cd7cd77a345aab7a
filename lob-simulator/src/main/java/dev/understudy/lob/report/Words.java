package dev.understudy.lob.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Symbols, counts and ages as a reader says them, in English and in no other locale. */
final class Words {

    private Words() {}

    static String of(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@code 12,345}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 ticket}, {@code 2,000 tickets}. */
    static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** A text that begins with a capital letter. */
    static String sentence(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                        + text.substring(text.offsetByCodePoints(0, 1));
    }

    /** Whole days, hours, minutes or seconds from then to now; what is to come is just now. */
    static String age(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toDays() > 0) {
            return counted(age.toDays(), "day");
        }
        if (age.toHours() > 0) {
            return counted(age.toHours(), "hour");
        }
        if (age.toMinutes() > 0) {
            return counted(age.toMinutes(), "minute");
        }
        return age.toSeconds() > 0 ? counted(age.toSeconds(), "second") : "just now";
    }
}
