package dev.understudy.replicator.breaker;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What does work of a breaker's when its time has come, one after the other. */
public interface Later extends AutoCloseable {
    /** Does it after so long, unless it is closed by then. */
    void run(Runnable work, Duration wait);

    @Override
    void close();

    /** A thread of its own. */
    static Later thread() {
        return new OnThread(
                Executors.newSingleThreadScheduledExecutor(work ->
                        Thread.ofPlatform().daemon().name("breaker-probe").unstarted(work)));
    }

    /** Of an executor, which it closes. */
    record OnThread(ScheduledExecutorService executor) implements Later {
        private static final Logger LOG = LoggerFactory.getLogger(Later.class);

        @Override
        public void run(Runnable work, Duration wait) {
            try {
                var _ = executor.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException _) {
                LOG.debug("Closed while open");
            }
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
