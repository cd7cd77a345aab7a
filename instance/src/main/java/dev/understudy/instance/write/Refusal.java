package dev.understudy.instance.write;

/**
 * Why a write is not done; nothing of it remains.
 *
 * @param message for the caller: names the entity, the field and what to change
 */
public record Refusal(Reason reason, String message) {
    /** The reasons that callers can tell apart. */
    public enum Reason {
        MISSING_FIELD,
        INVALID_FIELD,
        /** By an alternate key, whose type's keys cannot be derived. */
        UNKNOWN_REFERENCE,
        NOT_FOUND,
        OWNED_ELSEWHERE,
        ALREADY_EXISTS,
        PRECONDITION_FAILED,
        /** Who was found by an alternate key does not have it any more. */
        KEY_MOVED,
        MISSING_REFERENCE,
        DELETED_REFERENCE,
        /** More than a change event may carry. */
        TOO_LARGE,
        /** By a step of the application's own. */
        REFUSED
    }
}
