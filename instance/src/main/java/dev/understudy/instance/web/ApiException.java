package dev.understudy.instance.web;

import dev.understudy.instance.write.Refusal;
import io.micronaut.http.HttpStatus;
import java.util.Optional;

/** A request that is answered with an error; the code is stable, the message for a person. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final transient Optional<String> allowedMethods;

    ApiException(HttpStatus status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    private ApiException(
            HttpStatus status, String code, String message, Optional<String> allowedMethods) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.allowedMethods = allowedMethods;
    }

    static ApiException notAllowed(String code, String message, String allowedMethods) {
        return new ApiException(
                HttpStatus.METHOD_NOT_ALLOWED, code, message, Optional.of(allowedMethods));
    }

    static ApiException badRequest(String message) {
        return new ApiException(HttpStatus.BAD_REQUEST, "BadRequest", message);
    }

    static ApiException invalidField(String message) {
        return new ApiException(HttpStatus.BAD_REQUEST, "InvalidField", message);
    }

    static ApiException invalidKey(String message) {
        return new ApiException(HttpStatus.BAD_REQUEST, "InvalidKey", message);
    }

    static ApiException notImplemented(String what) {
        return new ApiException(
                HttpStatus.NOT_IMPLEMENTED, "NotImplemented", what + " is not implemented");
    }

    static ApiException of(Refusal refusal) {
        String message = refusal.message();
        return switch (refusal.reason()) {
            case MISSING_FIELD -> new ApiException(HttpStatus.BAD_REQUEST, "MissingField", message);
            case INVALID_FIELD -> invalidField(message);
            case NOT_FOUND -> new ApiException(HttpStatus.NOT_FOUND, "NotFound", message);
            case OWNED_ELSEWHERE -> notAllowed("OwnedElsewhere", message, "GET, HEAD");
            case ALREADY_EXISTS -> new ApiException(HttpStatus.CONFLICT, "AlreadyExists", message);
            case PRECONDITION_FAILED ->
                    new ApiException(HttpStatus.PRECONDITION_FAILED, "PreconditionFailed", message);
            case MISSING_REFERENCE ->
                    new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "MissingReference", message);
            case DELETED_REFERENCE ->
                    new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "DeletedReference", message);
            case TOO_LARGE ->
                    new ApiException(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "TooLarge", message);
            case REFUSED -> new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "Refused", message);
        };
    }

    HttpStatus status() {
        return status;
    }

    String code() {
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
