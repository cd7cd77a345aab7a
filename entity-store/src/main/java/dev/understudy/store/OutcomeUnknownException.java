package dev.understudy.store;

import dev.understudy.schemas.UnderstudyException;

/**
 * The commit was sent and its answer is not known: the transaction has happened, or has not.
 * Retryable by those whose work changes nothing the second time.
 */
public final class OutcomeUnknownException extends StoreException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message, Throwable cause) {
        super(UnderstudyException.Severity.RETRYABLE, message, cause);
    }
}
