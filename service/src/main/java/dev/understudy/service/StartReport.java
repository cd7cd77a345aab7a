package dev.understudy.service;

import dev.understudy.schemas.model.ModelException;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/**
 * Why a service did not start, in one line for the person who starts it.
 *
 * @param message names what is wrong
 */
record StartReport(StartCode code, String message) {
    private static final int MAX_CAUSES = 20;

    /** Of the first cause that was written for that person, or else of the innermost. */
    static StartReport of(Throwable failure) {
        Throwable last = failure;
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            StartReport known = known(cause);
            if (known != null) {
                return known;
            }
            last = cause;
            cause = cause.getCause();
        }
        return new StartReport(StartCode.START_FAILED, firstLine(last));
    }

    private static @Nullable StartReport known(Throwable cause) {
        return switch (cause) {
            case StartException e -> new StartReport(e.code(), firstLine(e));
            case ModelException e -> new StartReport(StartCode.INVALID_CATALOG, firstLine(e));
            case BindException e ->
                    new StartReport(
                            StartCode.PORT_UNAVAILABLE, "micronaut.server.port: " + firstLine(e));
            case ConversionErrorException e ->
                    new StartReport(StartCode.INVALID_PROPERTY, firstLine(e));
            case ConfigurationException e when e.getCause() == null ->
                    new StartReport(StartCode.INVALID_PROPERTY, firstLine(e));
            default -> null;
        };
    }

    private static String firstLine(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).strip();
        return message.lines().findFirst().orElse(cause.getClass().getName());
    }

    @Override
    public String toString() {
        return "Cannot start [%s]: %s".formatted(code, message);
    }
}
