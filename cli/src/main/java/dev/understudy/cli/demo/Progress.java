package dev.understudy.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints lines with the time since the start. */
final class Progress {
    private final PrintWriter out;
    private final long startedNs = System.nanoTime();

    Progress(PrintWriter out) {
        this.out = out;
    }

    void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, "[%6.1f s] ", elapsed().toMillis() / 1000.0);
        out.printf(Locale.ROOT, format + "%n", arguments);
        out.flush();
    }

    /** Text of its own, without a time. */
    void show(String text) {
        out.println(text);
        out.flush();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNs);
    }
}
