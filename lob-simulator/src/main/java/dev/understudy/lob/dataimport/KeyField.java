package dev.understudy.lob.dataimport;

import java.util.Locale;
import java.util.regex.Pattern;

/** The field that is a type's key, and what its values are: that decides how a URL writes them. */
public record KeyField(String name, Kind kind) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** What the values of a key are. */
    public enum Kind {
        UUID,
        NUMBER,
        TEXT
    }

    public KeyField {
        requireName("a field", name);
    }

    /** {@code plate:text}; throws IllegalArgumentException, since no kind can be guessed. */
    static KeyField parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(colon + 1);
        return new KeyField(
                colon < 0 ? text : text.substring(0, colon),
                switch (kind.toLowerCase(Locale.ROOT)) {
                    case "uuid" -> Kind.UUID;
                    case "number" -> Kind.NUMBER;
                    case "text" -> Kind.TEXT;
                    default ->
                            throw new IllegalArgumentException(
                                    "a key is told as FIELD:uuid, FIELD:number or FIELD:text,"
                                            + " not as '%s'".formatted(text));
                });
    }

    static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of " + what + ": '" + name + "'");
        }
    }
}
