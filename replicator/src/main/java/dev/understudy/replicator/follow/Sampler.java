package dev.understudy.replicator.follow;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at something again and again, from a thread of its own, from {@link #start} on. */
public final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final String name;
    private final Duration interval;
    private final Look look;
    private final ScheduledExecutorService executor;

    /** One look, which may fail. */
    @FunctionalInterface
    public interface Look {
        void run() throws Exception;
    }

    /**
     * @param interval from the end of one look to the start of the next
     */
    public Sampler(String name, Duration interval, Look look) {
        this.name = name;
        this.interval = interval;
        this.look = look;
        this.executor =
                Executors.newSingleThreadScheduledExecutor(
                        work -> Thread.ofPlatform().daemon().name(name).unstarted(work));
    }

    public void start() {
        var _ =
                executor.scheduleWithFixedDelay(
                        this::once, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** While a part is away every look fails, which others say already. */
    private void once() {
        try {
            look.run();
        } catch (Exception e) {
            LOG.debug("No sample: {}", name, e);
        }
    }

    /** Returns when the last look has ended, or soon. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            var _ = executor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
