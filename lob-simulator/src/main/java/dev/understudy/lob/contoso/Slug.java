package dev.understudy.lob.contoso;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A name reduced to what an address may hold: lower-case ASCII letters, digits and single hyphens.
 */
final class Slug {

    private Slug() {}

    static String of(String name) {
        String expanded = name.replace("ß", "ss").replace("&", " and ");
        String plain = Normalizer.normalize(expanded, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String slug =
                plain.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return slug.isEmpty() ? "x" : slug;
    }
}
