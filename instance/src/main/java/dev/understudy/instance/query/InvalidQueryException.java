package dev.understudy.instance.query;

/** A query that is not answered; the message is for the caller. */
public final class InvalidQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    InvalidQueryException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The reasons that callers can tell apart. */
    public enum Reason {
        /** It is not written as OData has it, or compares what cannot be compared. */
        MALFORMED,
        /** It names a field, or a reference, that the type does not have. */
        UNKNOWN_FIELD,
        /** It is a part of OData that is not there. */
        UNSUPPORTED,
        /** It is larger than a query may be. */
        TOO_COMPLEX,
        /** It looks at entities that the caller may not read. */
        FORBIDDEN
    }

    static InvalidQueryException malformed(String message) {
        return new InvalidQueryException(Reason.MALFORMED, message);
    }

    static InvalidQueryException unsupported(String what) {
        return new InvalidQueryException(Reason.UNSUPPORTED, what + " is not implemented");
    }

    public Reason reason() {
        return reason;
    }

    /** Never without a message. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
