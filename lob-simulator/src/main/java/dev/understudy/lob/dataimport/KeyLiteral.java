package dev.understudy.lob.dataimport;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key as a URL writes it: a uuid or a whole number bare, text in quotes, encoded. */
final class KeyLiteral {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");
    private static final String PLAIN = "-_.~";

    private KeyLiteral() {}

    static String of(KeyField field, @Nullable JsonNode key) throws BadRow {
        if (key == null || key.isNull() || (key.isTextual() && key.textValue().isEmpty())) {
            throw new BadRow("MissingKey", "the key, " + field.name() + ", is missing");
        }
        return switch (field.kind()) {
            case UUID -> bare(field, key, UUID, "UUID").toLowerCase(Locale.ROOT);
            case NUMBER -> bare(field, key, NUMBER, "whole number");
            case TEXT -> "'" + encoded(text(field, key).replace("'", "''")) + "'";
        };
    }

    private static String bare(KeyField field, JsonNode key, Pattern pattern, String what)
            throws BadRow {
        String text = key.isTextual() || key.isIntegralNumber() ? key.asText().strip() : "";
        if (!pattern.matcher(text).matches()) {
            throw invalid(field, what, key);
        }
        return text;
    }

    private static String text(KeyField field, JsonNode key) throws BadRow {
        if (!key.isTextual()) {
            throw invalid(field, "text", key);
        }
        return key.textValue();
    }

    private static BadRow invalid(KeyField field, String what, JsonNode key) {
        return new BadRow(
                "InvalidKey", "the key, %s, is no %s: %s".formatted(field.name(), what, key));
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
