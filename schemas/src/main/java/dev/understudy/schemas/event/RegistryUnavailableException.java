package dev.understudy.schemas.event;

import dev.understudy.schemas.UnderstudyException;

/** The registry could not be asked for a schema; says nothing about the record. */
public final class RegistryUnavailableException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(Severity.RETRYABLE, message, cause);
    }
}
