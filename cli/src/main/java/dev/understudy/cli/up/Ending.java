package dev.understudy.cli.up;

import java.io.PrintWriter;

/** Tells the person at the terminal, and the rest of a command, that it was asked to stop. */
public final class Ending implements AutoCloseable {

    private final PrintWriter out;
    private final Thread hook = new Thread(this::begin, "ending");
    private volatile boolean begun;

    private Ending(PrintWriter out) {
        this.out = out;
    }

    public static Ending onSignal(PrintWriter out) {
        Ending ending = new Ending(out);
        try {
            Runtime.getRuntime().addShutdownHook(ending.hook);
        } catch (IllegalStateException _) {
            ending.begun = true;
        }
        return ending;
    }

    /** Whether what fails from now on fails because everything is being stopped. */
    public boolean hasBegun() {
        return begun;
    }

    /** From here on an end of the JVM is nothing to tell about. */
    @Override
    public void close() {
        if (!begun) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void begin() {
        begun = true;
        out.println("Stopping …");
        out.flush();
    }
}
