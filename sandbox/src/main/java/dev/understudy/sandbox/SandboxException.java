package dev.understudy.sandbox;

/**
 * A part of the sandbox that could not do what was asked. The message is made to be shown to a
 * person: it names the part, says what happened and, where the part has a log, ends with its tail.
 */
public final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxException(String message) {
        super(message);
    }

    SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
