package dev.understudy.replicator;

import dev.understudy.service.StartException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done before the stream can run; each step is tried until it works, however long the
 * part it needs is away.
 */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final List<Step> steps;

    /** One thing to do, which can be done again. */
    record Step(String what, Action action) {}

    /** What a step does. */
    @FunctionalInterface
    interface Action {
        /**
         * Does it.
         *
         * @throws Exception if it cannot be done now
         */
        void run() throws Exception;
    }

    Preparation(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * Returns when all is done, or as soon as it is stopped.
     *
     * @throws StartException if a step cannot be done until a person does something
     */
    void complete(Consumer<Phase> phase, CountDownLatch stopped) throws InterruptedException {
        for (Step step : steps) {
            complete(step, phase, stopped);
        }
    }

    private static void complete(Step step, Consumer<Phase> phase, CountDownLatch stopped)
            throws InterruptedException {
        phase.accept(new Phase.Waiting(step.what(), "not tried yet"));
        long lastLine = 0;
        while (stopped.getCount() > 0) {
            try {
                step.action().run();
                return;
            } catch (InterruptedException | StartException e) {
                throw e;
            } catch (Exception e) {
                Throwable root = root(e);
                phase.accept(new Phase.Waiting(step.what(), root.toString()));
                if (lastLine == 0 || System.nanoTime() - lastLine > BETWEEN_LINES.toNanos()) {
                    lastLine = System.nanoTime();
                    LOG.warn("Waiting for {}: {}", step.what(), root.toString());
                    LOG.debug("The cause", e);
                }
            }
            var _ = stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The wrappers only say that a pool or a future has failed. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
