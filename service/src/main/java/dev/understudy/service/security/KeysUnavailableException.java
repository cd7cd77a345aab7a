package dev.understudy.service.security;

/** The issuer's keys cannot be had, so that nobody knows whether a token is to be believed. */
final class KeysUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super("the issuer's keys are not available", cause);
    }
}
