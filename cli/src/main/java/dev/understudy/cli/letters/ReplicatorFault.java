package dev.understudy.cli.letters;

/** The replicator cannot be reached, or says no; the message is complete. */
final class ReplicatorFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplicatorFault(String message) {
        super(message);
    }
}
