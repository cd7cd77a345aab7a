package dev.understudy.system.simulation;

/** A guarantee that did not hold. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(Guarantee guarantee, String what) {
        super(guarantee + ": " + what);
    }
}
