package dev.understudy.chaos;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells what happens, each line with the time since the start. Thread-safe. */
final class Timeline {
    private final PrintWriter out;
    private final long startedNs = System.nanoTime();

    Timeline(PrintWriter out) {
        this.out = out;
    }

    synchronized void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, "[%6.1f s] ", seconds(elapsed()));
        out.printf(Locale.ROOT, format + "%n", arguments);
        out.flush();
    }

    /** Text of its own, without a time. */
    synchronized void show(String text) {
        out.println(text);
        out.flush();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNs);
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
