package dev.understudy.service;

import java.util.regex.Pattern;

/** A property's value cannot be used; the message names the property, the value and what can. */
public final class InvalidConfigurationException extends StartException {
    private static final long serialVersionUID = 1L;

    /** What gives a secret away inside a value: user information and passwords of URLs. */
    private static final Pattern SECRET =
            Pattern.compile("(?<=://).*(?=@)|(?<=(?i:password=))[^&\\s]*");

    private static final Pattern SECRET_NAME =
            Pattern.compile("password|secret|token|security\\.key", Pattern.CASE_INSENSITIVE);

    /** The value is not shown as far as it is a secret. */
    public InvalidConfigurationException(String property, Object value, String allowed) {
        super(
                StartCode.INVALID_PROPERTY,
                "%s = '%s' cannot be used: it is %s"
                        .formatted(property, shown(property, value), allowed));
    }

    private static String shown(String property, Object value) {
        return SECRET_NAME.matcher(property).find()
                ? "***"
                : SECRET.matcher(value.toString()).replaceAll("***");
    }

    /** Passes a number within bounds. */
    public static void between(long low, long high, String property, long value) {
        if (value < low || value > high) {
            throw new InvalidConfigurationException(
                    property, value, "a whole number from %d to %d".formatted(low, high));
        }
    }

    /** Passes a text that matches a regular expression. */
    public static void matching(String expression, String property, String value, String allowed) {
        if (!value.matches(expression)) {
            throw new InvalidConfigurationException(property, value, allowed);
        }
    }
}
