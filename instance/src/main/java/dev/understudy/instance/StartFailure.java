package dev.understudy.instance;

import dev.understudy.schemas.UnderstudyException;

/** Says in one line why a service did not start. */
final class StartFailure {
    private static final int MAX_CAUSES = 20;

    private StartFailure() {}

    /** The message of the cause that was written for the person who starts the service. */
    static String message(Throwable failure) {
        Throwable last = failure;
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof UnderstudyException) {
                return firstLine(cause);
            }
            last = cause;
            cause = cause.getCause();
        }
        return firstLine(last);
    }

    private static String firstLine(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).strip();
        return message.lines().findFirst().orElse(cause.getClass().getName());
    }
}
