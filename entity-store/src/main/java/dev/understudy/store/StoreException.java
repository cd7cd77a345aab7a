package dev.understudy.store;

import dev.understudy.schemas.UnderstudyException;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the store; retryable unless the definition of its tables is wrong. Nothing was
 * committed, unless the connection broke during the commit: then nobody knows.
 */
public final class StoreException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    public StoreException(Severity severity, String message, @Nullable Throwable cause) {
        super(severity, message, cause);
    }
}
