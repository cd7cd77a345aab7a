package dev.understudy.schemas.codec;

import dev.understudy.schemas.UnderstudyException;
import org.jspecify.annotations.Nullable;

/** A JSON value is not one of its field's type; the message says what was expected. */
public final class InvalidValueException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    InvalidValueException(String message, @Nullable Throwable cause) {
        super(Severity.POISON, message, cause);
    }
}
