package dev.understudy.sandbox;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The processes that this JVM has started; the reaper ends them if the JVM is killed. */
final class ChildProcesses {

    private static @Nullable Reaper reaper;

    private ChildProcesses() {}

    static Process start(ProcessBuilder builder) throws IOException {
        AtShutdown.requireRunning();
        Reaper guard = guard();
        Process process = builder.start();
        guard.watch(process.pid());
        var _ = process.onExit().thenRun(() -> guard.forget(process.pid()));
        return process;
    }

    private static synchronized Reaper guard() {
        if (reaper == null) {
            reaper = Reaper.start();
        }
        return reaper;
    }
}
