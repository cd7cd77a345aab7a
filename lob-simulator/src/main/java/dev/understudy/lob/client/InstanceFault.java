package dev.understudy.lob.client;

import org.jspecify.annotations.Nullable;

/**
 * A request that got no usable answer; the message names the request. Whether a write took effect
 * is unknown, but for {@link Code#CIRCUIT_OPEN}: that one was not sent.
 */
public final class InstanceFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why there is no usable answer, and whether asking again may help. */
    public enum Code {
        UNREACHABLE(true),
        TIMED_OUT(true),
        UNAVAILABLE(true),
        CIRCUIT_OPEN(true),
        UNEXPECTED_ANSWER(false),
        INTERRUPTED(false);

        private final boolean retryable;

        Code(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Code code;

    public InstanceFault(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public boolean retryable() {
        return code.retryable;
    }
}
