package dev.understudy.system.simulation;

/** Somebody else holds the row's lock, and goes on only after this one: it is tried again later. */
public final class Blocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Blocked() {
        super("a lock is held", null, false, false);
    }
}
