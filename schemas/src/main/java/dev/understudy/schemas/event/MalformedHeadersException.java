package dev.understudy.schemas.event;

import dev.understudy.schemas.UnderstudyException;
import org.jspecify.annotations.Nullable;

/**
 * A record's headers are not those of a change event; the message names the header and its value.
 */
public final class MalformedHeadersException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    MalformedHeadersException(String message, @Nullable Throwable cause) {
        super(Severity.POISON, message, cause);
    }
}
