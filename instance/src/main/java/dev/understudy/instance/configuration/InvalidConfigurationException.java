package dev.understudy.instance.configuration;

import dev.understudy.schemas.UnderstudyException;

/** A property's value cannot be used; the message names the property, the value and what can. */
public final class InvalidConfigurationException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    public InvalidConfigurationException(String property, Object value, String allowed) {
        super(
                Severity.FATAL,
                "%s = '%s' cannot be used: it is %s".formatted(property, value, allowed));
    }

    public InvalidConfigurationException(String properties, Throwable cause) {
        super(
                Severity.FATAL,
                "%s cannot be used: %s".formatted(properties, cause.getMessage()),
                cause);
    }

    /** Passes a number within bounds. */
    static int between(int low, int high, String property, int value) {
        if (value < low || value > high) {
            throw new InvalidConfigurationException(
                    property, value, "a whole number from %d to %d".formatted(low, high));
        }
        return value;
    }
}
