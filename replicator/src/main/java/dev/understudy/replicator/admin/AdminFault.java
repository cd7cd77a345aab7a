package dev.understudy.replicator.admin;

import io.micronaut.http.HttpStatus;
import java.util.Map;

/** A request that gets an error for an answer; the codes are those of {@code docs/errors.md}. */
final class AdminFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    AdminFault(HttpStatus status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    HttpStatus status() {
        return status;
    }

    Map<String, Object> body() {
        return Map.of("error", Map.of("code", code, "message", String.valueOf(getMessage())));
    }
}
