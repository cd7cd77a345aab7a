package dev.understudy.lob.load;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.load.LoadResult.Hydration;
import dev.understudy.lob.load.LoadSettings.HydrationSample;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Follows a sample of created accounts to the target by reading them there, after pauses of a tenth
 * of the time they have taken so far, at least 10 ms: that is how exact a delay is. One that is not
 * seen in time has the time it was waited for. Thread-safe.
 */
final class HydrationProbes implements AutoCloseable {

    private static final long SHORTEST_PAUSE_MS = 10;
    private static final long LONGEST_PAUSE_MS = 500;

    private final InstanceClient target;
    private final HydrationSample sample;
    private final Semaphore permits;
    private final AtomicLong nextStartNanos;
    private final LongAdder sampled = new LongAdder();
    private final LongAdder notSampled = new LongAdder();
    private final LongAdder notSeen = new LongAdder();
    private final ConcurrentHistogram delay =
            new ConcurrentHistogram(Tally.LONGEST_MICROS, Tally.DIGITS);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    HydrationProbes(InstanceClient target, HydrationSample sample, long startNanos) {
        this.target = target;
        this.sample = sample;
        this.permits = new Semaphore(sample.atOnce());
        this.nextStartNanos = new AtomicLong(startNanos);
    }

    /** Follows an account that the source has just acknowledged, if the sample has room for it. */
    void acknowledged(UUID account) {
        long now = System.nanoTime();
        long due = nextStartNanos.get();
        if (now - due < 0
                || !nextStartNanos.compareAndSet(due, now + 1_000_000_000L / sample.perSecond())) {
            return;
        }
        // Counted, since a hydration that stalls is what fills the bound.
        if (!permits.tryAcquire()) {
            notSampled.increment();
            return;
        }
        sampled.increment();
        threads.execute(() -> follow(account, now));
    }

    private void follow(UUID account, long sinceNanos) {
        try {
            while (!hydrated(account)) {
                long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
                if (elapsedMs >= sample.patience().toMillis()) {
                    notSeen.increment();
                    break;
                }
                Thread.sleep(Math.clamp(elapsedMs / 10, SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
            }
            delay.recordValue(Tally.clamped((System.nanoTime() - sinceNanos) / 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            notSeen.increment();
        } finally {
            permits.release();
        }
    }

    private boolean hydrated(UUID account) {
        try {
            return target.read(Contoso.ACCOUNTS, account)
                    .filter(entry -> entry instanceof Entry.Hydrated)
                    .isPresent();
        } catch (InstanceFault _) {
            return false;
        }
    }

    /** Waits for those that are followed, at most as long as the patience, and tells the delays. */
    Hydration result() {
        threads.close();
        return new Hydration(
                sampled.sum(), notSampled.sum(), notSeen.sum(), Percentiles.ofMicros(delay));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
