package dev.understudy.system.simulation;

/** The process ends here: no code of its own runs any more, so nothing may catch it on the way. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash() {
        super("the process ends", null, false, false);
    }
}
