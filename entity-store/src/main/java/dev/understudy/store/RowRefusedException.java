package dev.understudy.store;

import dev.understudy.schemas.UnderstudyException;
import org.jspecify.annotations.Nullable;

/** The database refuses a row's content: a constraint, an overflow, a value it cannot hold. */
public final class RowRefusedException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public RowRefusedException(String sqlState, String message, @Nullable Throwable cause) {
        super(Severity.POISON, message, cause);
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }
}
