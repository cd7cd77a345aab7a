package dev.understudy.store;

import dev.understudy.schemas.UnderstudyException;
import org.jspecify.annotations.Nullable;

/** This transaction lost a race; passes through the caller's work to be run again. */
final class LostRaceException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    LostRaceException(String message, @Nullable Throwable cause) {
        super(Severity.RETRYABLE, message, cause);
    }
}
