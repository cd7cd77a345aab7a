package dev.understudy.replicator.configuration;

import dev.understudy.schemas.UnderstudyException;

/** A property's value cannot be used; the message names the property, the value and what can. */
public final class InvalidConfigurationException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    public InvalidConfigurationException(String property, Object value, String allowed) {
        super(
                Severity.FATAL,
                "%s = '%s' cannot be used: it is %s".formatted(property, value, allowed));
    }

    static void between(long low, long high, String property, long value) {
        if (value < low || value > high) {
            throw new InvalidConfigurationException(
                    property, value, "a whole number from %d to %d".formatted(low, high));
        }
    }

    static void matching(String expression, String property, String value, String allowed) {
        if (!value.matches(expression)) {
            throw new InvalidConfigurationException(property, value, allowed);
        }
    }
}
