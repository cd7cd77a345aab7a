package dev.understudy.service;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.model.ModelException;
import org.jspecify.annotations.Nullable;

/** A service cannot start as it is told to; the message names the thing that is wrong. */
public class StartException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    private final StartCode code;

    public StartException(StartCode code, String message) {
        this(code, message, null);
    }

    public StartException(StartCode code, String message, @Nullable Throwable cause) {
        super(Severity.FATAL, message, cause);
        this.code = code;
    }

    /** Why tables cannot be installed: they do not fit the schemas, or the role may not. */
    public static StartException ofTables(UnderstudyException failure) {
        return new StartException(
                failure instanceof ModelException
                        ? StartCode.INCOMPATIBLE_TABLE
                        : StartCode.DATABASE_REFUSED,
                String.valueOf(failure.getMessage()),
                failure);
    }

    public final StartCode code() {
        return code;
    }
}
