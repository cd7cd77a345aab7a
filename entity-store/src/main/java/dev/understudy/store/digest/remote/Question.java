package dev.understudy.store.digest.remote;

import java.util.Locale;
import java.util.Optional;

/** What a side is asked, one for each method of it. */
public enum Question {
    DESCRIBE,
    CUT,
    SUMS,
    ROWS,
    PLACEHOLDERS;

    /** The last part of the path under which it is asked. */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The question with this path. */
    public static Optional<Question> of(String path) {
        for (Question question : values()) {
            if (question.path().equals(path)) {
                return Optional.of(question);
            }
        }
        return Optional.empty();
    }
}
