package dev.understudy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is open in this JVM: closed at its end, the latest first, and nothing new is let in then.
 */
final class AtShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(AtShutdown.class);
    private static final Set<AutoCloseable> OPEN = new LinkedHashSet<>();
    private static boolean hooked;
    private static boolean ended;

    private AtShutdown() {}

    static synchronized void add(AutoCloseable open) {
        hook();
        requireRunning();
        OPEN.add(open);
    }

    private static void hook() {
        if (hooked) {
            return;
        }
        hooked = true;
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(AtShutdown::closeAll, "sandbox-shutdown"));
        } catch (IllegalStateException _) {
            ended = true;
        }
    }

    static synchronized void remove(AutoCloseable closed) {
        OPEN.remove(closed);
    }

    static synchronized void requireRunning() {
        if (ended) {
            throw new SandboxException("The JVM is shutting down: nothing is started any more.");
        }
    }

    private static synchronized List<AutoCloseable> end() {
        ended = true;
        return new ArrayList<>(OPEN).reversed();
    }

    private static void closeAll() {
        for (AutoCloseable open : end()) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.error("Could not close {}", open, e);
            }
        }
    }
}
