package dev.understudy.service.security;

/** A token that is not believed; the message says why, and holds nothing of the token. */
final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
