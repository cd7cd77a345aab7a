package dev.understudy.lob.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Calls something at a fixed rate, one call at a time, until it is closed; then there is no call
 * any more.
 */
public final class Ticker implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Starts; the first call comes after one interval. */
    public Ticker(Duration every, Runnable tick) {
        this.thread = Thread.ofVirtual().name("ticker").start(() -> run(every.toNanos(), tick));
    }

    private void run(long everyNanos, Runnable tick) {
        long next = System.nanoTime() + everyNanos;
        try {
            while (!closed.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                tick.run();
                next += everyNanos;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
