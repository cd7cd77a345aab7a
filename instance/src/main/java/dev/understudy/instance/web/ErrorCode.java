package dev.understudy.instance.web;

import io.micronaut.http.HttpStatus;

/** What went wrong with a request; the text is stable, and listed in {@code docs/errors.md}. */
enum ErrorCode {
    BAD_REQUEST("BadRequest", HttpStatus.BAD_REQUEST),
    INVALID_BATCH("InvalidBatch", HttpStatus.BAD_REQUEST),
    INVALID_ENCODING("InvalidEncoding", HttpStatus.BAD_REQUEST),
    INVALID_JSON("InvalidJson", HttpStatus.BAD_REQUEST),
    INVALID_FIELD("InvalidField", HttpStatus.BAD_REQUEST),
    INVALID_KEY("InvalidKey", HttpStatus.BAD_REQUEST),
    INVALID_QUERY("InvalidQuery", HttpStatus.BAD_REQUEST),
    INVALID_REFERENCE("InvalidReference", HttpStatus.BAD_REQUEST),
    MISSING_FIELD("MissingField", HttpStatus.BAD_REQUEST),
    QUERY_TOO_COMPLEX("QueryTooComplex", HttpStatus.BAD_REQUEST),
    UNAUTHENTICATED("Unauthenticated", HttpStatus.UNAUTHORIZED),
    FORBIDDEN("Forbidden", HttpStatus.FORBIDDEN),
    FOREIGN_ORIGIN("ForeignOrigin", HttpStatus.FORBIDDEN),
    UNKNOWN_HOST("UnknownHost", HttpStatus.FORBIDDEN),
    NOT_FOUND("NotFound", HttpStatus.NOT_FOUND),
    UNKNOWN_ENTITY_SET("UnknownEntitySet", HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED("MethodNotAllowed", HttpStatus.METHOD_NOT_ALLOWED),
    OWNED_ELSEWHERE("OwnedElsewhere", HttpStatus.METHOD_NOT_ALLOWED),
    ALREADY_EXISTS("AlreadyExists", HttpStatus.CONFLICT),
    DELTA_TOO_OLD("DeltaTooOld", HttpStatus.GONE),
    PRECONDITION_FAILED("PreconditionFailed", HttpStatus.PRECONDITION_FAILED),
    REQUEST_TOO_LARGE("RequestTooLarge", HttpStatus.REQUEST_ENTITY_TOO_LARGE),
    BATCH_TOO_LARGE("BatchTooLarge", HttpStatus.REQUEST_ENTITY_TOO_LARGE),
    TOO_LARGE("TooLarge", HttpStatus.REQUEST_ENTITY_TOO_LARGE),
    UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    MISSING_REFERENCE("MissingReference", HttpStatus.UNPROCESSABLE_ENTITY),
    DELETED_REFERENCE("DeletedReference", HttpStatus.UNPROCESSABLE_ENTITY),
    REFUSED("Refused", HttpStatus.UNPROCESSABLE_ENTITY),
    QUERY_TOO_SLOW("QueryTooSlow", HttpStatus.TOO_MANY_REQUESTS),
    BATCH_TOO_SLOW("BatchTooSlow", HttpStatus.TOO_MANY_REQUESTS),
    INTERNAL_ERROR("InternalError", HttpStatus.INTERNAL_SERVER_ERROR),
    NOT_IMPLEMENTED("NotImplemented", HttpStatus.NOT_IMPLEMENTED),
    DATABASE_UNAVAILABLE("DatabaseUnavailable", HttpStatus.SERVICE_UNAVAILABLE),
    KEYS_UNAVAILABLE("KeysUnavailable", HttpStatus.SERVICE_UNAVAILABLE),
    OUTCOME_UNKNOWN("OutcomeUnknown", HttpStatus.SERVICE_UNAVAILABLE);

    private final String text;
    private final HttpStatus status;

    ErrorCode(String text, HttpStatus status) {
        this.text = text;
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }

    /** The code of what the server itself refuses before a handler sees it. */
    static ErrorCode ofServer(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 413 -> REQUEST_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
