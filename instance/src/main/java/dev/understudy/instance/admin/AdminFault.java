package dev.understudy.instance.admin;

import io.micronaut.http.HttpStatus;

/** A request that gets an error for an answer; the codes are those of {@code docs/errors.md}. */
public final class AdminFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    private AdminFault(HttpStatus status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static AdminFault badRequest(String message) {
        return new AdminFault(HttpStatus.BAD_REQUEST, "BadRequest", message);
    }

    public static AdminFault notFound(String message) {
        return new AdminFault(HttpStatus.NOT_FOUND, "NotFound", message);
    }

    public static AdminFault forbidden(String message) {
        return new AdminFault(HttpStatus.FORBIDDEN, "Forbidden", message);
    }

    public static AdminFault conflict(String code, String message) {
        return new AdminFault(HttpStatus.CONFLICT, code, message);
    }

    public static AdminFault ownedElsewhere(String message) {
        return new AdminFault(HttpStatus.METHOD_NOT_ALLOWED, "OwnedElsewhere", message);
    }

    static AdminFault unavailable(String message) {
        return new AdminFault(HttpStatus.SERVICE_UNAVAILABLE, "DatabaseUnavailable", message);
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
