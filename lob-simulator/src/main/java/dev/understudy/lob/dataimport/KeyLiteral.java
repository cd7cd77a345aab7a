package dev.understudy.lob.dataimport;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key as a URL writes it: a uuid or a whole number bare, any other text in quotes, encoded. */
final class KeyLiteral {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String PLAIN = "-_.~";

    private KeyLiteral() {}

    static String of(String field, @Nullable JsonNode key) throws BadRow {
        if (key == null || key.isNull() || (key.isTextual() && key.textValue().isEmpty())) {
            throw new BadRow("MissingKey", "the key, " + field + ", is missing");
        }
        if (key.isIntegralNumber()) {
            return key.bigIntegerValue().toString();
        }
        if (!key.isTextual()) {
            throw new BadRow(
                    "InvalidKey",
                    "the key, %s, is neither text nor a whole number".formatted(field));
        }
        String text = key.textValue();
        return UUID.matcher(text).matches()
                ? text.toLowerCase(Locale.ROOT)
                : "'" + encoded(text.replace("'", "''")) + "'";
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (value & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0 || c == '\'')) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }
}
