package dev.understudy.store.sql;

import dev.understudy.schemas.UnderstudyException;
import org.jspecify.annotations.Nullable;

/** This transaction lost a race; passes through the caller's work to be run again. */
public final class LostRaceException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    public LostRaceException(String message, @Nullable Throwable cause) {
        super(Severity.RETRYABLE, message, cause);
    }
}
