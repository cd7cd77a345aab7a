package dev.understudy.schemas;

import org.jspecify.annotations.Nullable;

/** The root of this project's faults; its {@link Severity} says what a caller can do about one. */
public class UnderstudyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Severity severity;

    /** What a caller can do about a fault. */
    public enum Severity {
        /** Passes by itself: try again, later. */
        RETRYABLE,
        /** One input can never be processed: put it aside, go on with the rest. */
        POISON,
        /** Needs a person: stop. */
        FATAL
    }

    public UnderstudyException(Severity severity, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.severity = severity;
    }

    public UnderstudyException(Severity severity, String message) {
        this(severity, message, null);
    }

    public final Severity severity() {
        return severity;
    }
}
