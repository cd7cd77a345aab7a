package dev.understudy.store.query;

import dev.understudy.schemas.UnderstudyException;

/** A query that the database does not answer; the same again would fare no better. */
public final class QueryException extends UnderstudyException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    QueryException(Reason reason, String message, Throwable cause) {
        super(Severity.POISON, message, cause);
        this.reason = reason;
    }

    /** Why it is not answered. */
    public enum Reason {
        /** It took longer than a query may. */
        TIMEOUT,
        /** A value overflows, or a function cannot take it. */
        REFUSED
    }

    public Reason reason() {
        return reason;
    }
}
