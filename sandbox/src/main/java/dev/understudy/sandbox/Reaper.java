package dev.understudy.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shell that outlives this JVM by a moment and kills the processes it left behind, so that even a
 * SIGKILL of the JVM leaves no orphan. It reads the changes from its standard input, whose end is
 * the end of the JVM; it sits in a session of its own, so that no terminal reaches it.
 */
final class Reaper {

    private static final String SCRIPT =
            """
            trap '' INT TERM HUP
            live=
            while read -r change pid; do
              rest=
              for other in $live; do
                if [ "$other" != "$pid" ]; then rest="$rest $other"; fi
              done
              live=$rest
              if [ "$change" = + ]; then live="$live $pid"; fi
            done
            if [ -n "$live" ]; then kill -KILL $live; fi
            """;

    private final Writer changes;

    private Reaper(Writer changes) {
        this.changes = changes;
    }

    static Reaper start() {
        List<String> command = OwnSession.of(List.of("/bin/sh", "-c", SCRIPT));
        try {
            Process shell =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return new Reaper(shell.outputWriter(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void watch(long pid) {
        tell("+ " + pid);
    }

    void forget(long pid) {
        tell("- " + pid);
    }

    private synchronized void tell(String change) {
        try {
            changes.write(change + "\n");
            changes.flush();
        } catch (IOException _) {
            // Someone killed the shell: only the guard against our own SIGKILL is lost.
        }
    }
}
