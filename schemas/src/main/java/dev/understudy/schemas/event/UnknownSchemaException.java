package dev.understudy.schemas.event;

import org.jspecify.annotations.Nullable;

/** The registry has no Avro schema of an ID. */
final class UnknownSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
