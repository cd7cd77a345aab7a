package dev.understudy.cli.http;

/** A service cannot be reached, or says no; the message is complete. */
public final class ServiceFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServiceFault(String message) {
        super(message);
    }
}
