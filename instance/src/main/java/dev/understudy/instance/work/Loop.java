package dev.understudy.instance.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does its work again and again, and after a failure again after a while. */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int DOUBLINGS = 4;
    private static final Duration STOP_BOUND = Duration.ofSeconds(5);

    private final String name;
    private final Work work;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;
    private int failures;

    /**
     * What is done; it ends soon after {@link #isRunning} turned false, and closes what it made.
     */
    @FunctionalInterface
    public interface Work {
        void run(Loop loop) throws Exception;
    }

    public Loop(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** Begins, once. */
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("understudy-" + name).start(this::run);
        }
    }

    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** Waits, unless it is stopped. */
    public void await(Duration time) throws InterruptedException {
        var _ = stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What was done succeeded: the next failure is the first. */
    public void succeeded() {
        if (failures > 0) {
            LOG.info("{} goes on", name);
        }
        failures = 0;
    }

    private void run() {
        try {
            while (isRunning()) {
                try {
                    work.run(this);
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception | Error e) {
                    // An Error, too: what ended in silence would not be missed.
                    if (isRunning()) {
                        failed(e);
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Throwable e) throws InterruptedException {
        if (failures == 0) {
            LOG.warn("{} stops, retrying: {}", name, e.toString());
        }
        LOG.debug("{} fails", name, e);
        await(FIRST_PAUSE.multipliedBy(1L << Math.min(failures, DOUBLINGS)));
        failures++;
    }

    @Override
    public synchronized void close() {
        stopped.countDown();
        try {
            if (thread != null && !thread.join(STOP_BOUND)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
