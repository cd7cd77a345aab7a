package dev.understudy.lob.terminal;

import java.io.Console;
import java.io.PrintWriter;

/**
 * The progress of a command: one line that is overwritten on a terminal, a line each time
 * otherwise. Thread-safe.
 */
public final class LiveLine {

    /** How progress is shown. */
    public enum Mode {
        OVERWRITTEN,
        LINE_BY_LINE;

        /** Overwritten if the process talks to a terminal. */
        @SuppressWarnings("SystemConsoleNull") // null where no console is provided
        public static Mode detected() {
            Console console = System.console();
            return console != null && console.isTerminal() ? OVERWRITTEN : LINE_BY_LINE;
        }
    }

    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final Mode mode;
    private String shown = "";

    public LiveLine(PrintWriter out, Mode mode) {
        this.out = out;
        this.mode = mode;
    }

    public Mode mode() {
        return mode;
    }

    /** Shows the progress. */
    public synchronized void show(String line) {
        switch (mode) {
            case OVERWRITTEN -> out.print(ERASE + line);
            case LINE_BY_LINE -> out.println(line);
        }
        shown = line;
        out.flush();
    }

    /** Prints a line that stays, above the progress. */
    public synchronized void print(String line) {
        switch (mode) {
            case OVERWRITTEN -> out.print(ERASE + line + System.lineSeparator() + shown);
            case LINE_BY_LINE -> out.println(line);
        }
        out.flush();
    }

    /** Ends the progress: what is printed next starts on a line of its own. */
    public synchronized void end() {
        if (mode == Mode.OVERWRITTEN && !shown.isEmpty()) {
            out.println();
        }
        shown = "";
        out.flush();
    }
}
