package dev.understudy.lob.report;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/** How many columns text takes in a terminal, and text cut or filled to a number of columns. */
final class TextWidth {

    private TextWidth() {}

    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /**
     * The text in exactly {@code columns} columns: filled with spaces, or cut and ended with an
     * ellipsis.
     */
    static String fit(String text, int columns) {
        int width = of(text);
        if (width <= columns) {
            return text + " ".repeat(columns - width);
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int codePoint : text.codePoints().toArray()) {
            if (used + of(codePoint) > columns - 1) {
                break;
            }
            kept.appendCodePoint(codePoint);
            used += of(codePoint);
        }
        return kept + "…" + " ".repeat(columns - 1 - used);
    }

    /**
     * The text in lines of at most {@code columns} columns, broken between words where it can be.
     */
    static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (of(longer) <= columns) {
                line = longer;
            } else {
                lines.add(line);
                line = word;
            }
        }
        lines.add(line);
        return List.copyOf(lines);
    }

    /** The text without anything that moves the cursor: data must not steer the terminal. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
    }

    private static int of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default ->
                    switch (UnicodeScript.of(codePoint)) {
                        case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
                        default -> 1;
                    };
        };
    }
}
