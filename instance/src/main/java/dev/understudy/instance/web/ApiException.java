package dev.understudy.instance.web;

import dev.understudy.instance.query.InvalidQueryException;
import dev.understudy.instance.write.Refusal;
import dev.understudy.store.query.QueryException;
import java.util.Optional;

/** A request that is answered with an error; the code is stable, the message for a person. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Optional<String> allowedMethods;

    ApiException(ErrorCode code, String message) {
        this(code, message, Optional.empty());
    }

    private ApiException(ErrorCode code, String message, Optional<String> allowedMethods) {
        super(message, null, false, false);
        this.code = code;
        this.allowedMethods = allowedMethods;
    }

    static ApiException notAllowed(ErrorCode code, String message, String allowedMethods) {
        return new ApiException(code, message, Optional.of(allowedMethods));
    }

    static ApiException badRequest(String message) {
        return new ApiException(ErrorCode.BAD_REQUEST, message);
    }

    static ApiException invalidField(String message) {
        return new ApiException(ErrorCode.INVALID_FIELD, message);
    }

    static ApiException invalidKey(String message) {
        return new ApiException(ErrorCode.INVALID_KEY, message);
    }

    static ApiException notImplemented(String what) {
        return new ApiException(ErrorCode.NOT_IMPLEMENTED, what + " is not implemented");
    }

    static ApiException of(InvalidQueryException invalid) {
        ErrorCode code =
                switch (invalid.reason()) {
                    case MALFORMED -> ErrorCode.INVALID_QUERY;
                    case UNKNOWN_FIELD -> ErrorCode.INVALID_FIELD;
                    case UNSUPPORTED -> ErrorCode.NOT_IMPLEMENTED;
                    case TOO_COMPLEX -> ErrorCode.QUERY_TOO_COMPLEX;
                    case FORBIDDEN -> ErrorCode.FORBIDDEN;
                };
        return new ApiException(code, invalid.message());
    }

    static ApiException of(QueryException failed) {
        return switch (failed.reason()) {
            case TIMEOUT ->
                    new ApiException(
                            ErrorCode.QUERY_TOO_SLOW,
                            "the query takes longer than understudy.web.query-timeout-ms; ask for"
                                    + " less, or try again later");
            case REFUSED ->
                    new ApiException(
                            ErrorCode.INVALID_QUERY,
                            "a value in the query, or that it computes, is out of range");
        };
    }

    static ApiException of(Refusal refusal) {
        ErrorCode code =
                switch (refusal.reason()) {
                    case MISSING_FIELD -> ErrorCode.MISSING_FIELD;
                    case INVALID_FIELD -> ErrorCode.INVALID_FIELD;
                    case UNKNOWN_REFERENCE -> ErrorCode.INVALID_REFERENCE;
                    case NOT_FOUND -> ErrorCode.NOT_FOUND;
                    case OWNED_ELSEWHERE -> ErrorCode.OWNED_ELSEWHERE;
                    case ALREADY_EXISTS -> ErrorCode.ALREADY_EXISTS;
                    case PRECONDITION_FAILED, KEY_MOVED -> ErrorCode.PRECONDITION_FAILED;
                    case MISSING_REFERENCE -> ErrorCode.MISSING_REFERENCE;
                    case DELETED_REFERENCE -> ErrorCode.DELETED_REFERENCE;
                    case TOO_LARGE -> ErrorCode.TOO_LARGE;
                    case REFUSED -> ErrorCode.REFUSED;
                };
        return code == ErrorCode.OWNED_ELSEWHERE
                ? notAllowed(code, refusal.message(), "GET, HEAD")
                : new ApiException(code, refusal.message());
    }

    /** The same with another message. */
    ApiException about(String message) {
        return new ApiException(code, message, allowedMethods);
    }

    ErrorCode code() {
        return code;
    }

    /** For the header {@code Allow}, which goes with the status 405. */
    Optional<String> allowedMethods() {
        return allowedMethods;
    }

    /** Never without a message. */
    String message() {
        return String.valueOf(getMessage());
    }
}
