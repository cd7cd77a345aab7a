package dev.understudy.schemas.model;

import java.util.Locale;

/** What a write does when an entity that it refers to is not there. */
public enum OnMissing {
    PLACEHOLDER,
    REJECT;

    static OnMissing parse(String text) {
        return switch (text) {
            case "placeholder" -> PLACEHOLDER;
            case "reject" -> REJECT;
            default ->
                    throw new IllegalArgumentException(
                            "entity.onMissing is 'placeholder' or 'reject', not '" + text + "'");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
