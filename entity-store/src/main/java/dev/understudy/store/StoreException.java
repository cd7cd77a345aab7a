package dev.understudy.store;

import dev.understudy.schemas.UnderstudyException;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the store; retryable unless the definition of its tables is wrong. Nothing was
 * committed, unless it is an {@link OutcomeUnknownException}.
 */
public sealed class StoreException extends UnderstudyException permits OutcomeUnknownException {
    private static final long serialVersionUID = 1L;

    public StoreException(Severity severity, String message, @Nullable Throwable cause) {
        super(severity, message, cause);
    }
}
