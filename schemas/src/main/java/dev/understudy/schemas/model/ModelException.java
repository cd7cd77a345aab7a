package dev.understudy.schemas.model;

import dev.understudy.schemas.UnderstudyException;
import org.jspecify.annotations.Nullable;

/**
 * A schema or catalog that cannot be used; the message names the type, the field and what to
 * change.
 */
public final class ModelException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        this(message, null);
    }

    public ModelException(String message, @Nullable Throwable cause) {
        super(Severity.FATAL, message, cause);
    }
}
