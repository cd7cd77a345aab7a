package dev.understudy.lob.contoso;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import net.datafaker.Faker;

/** A country and the source of names, places and numbers that are plausible in it. */
record Region(String country, Faker faker) {

    /** The regions that customers come from, all drawing on one source of randomness. */
    static List<Region> all(Random random) {
        return Stream.of(
                        Locale.of("en", "US"),
                        Locale.of("en", "GB"),
                        Locale.of("de"),
                        Locale.of("fr"))
                .map(locale -> new Region(country(locale), new Faker(locale, random)))
                .toList();
    }

    private static String country(Locale locale) {
        return switch (locale.toLanguageTag()) {
            case "en-US" -> "United States";
            case "en-GB" -> "United Kingdom";
            case "de" -> "Germany";
            default -> "France";
        };
    }
}
