package dev.understudy.replicator.breaker;

import dev.understudy.replicator.apply.Fault;
import dev.understudy.replicator.apply.Part;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens when a flush fails, which pauses the stream; closes when its probe finds the part at fault
 * usable again, which resumes it. A flush that fails again waits longer. Thread-safe.
 */
public final class Breaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    private final Map<Part, Probe> probes;
    private final Backoff backoff;
    private final Clock clock;
    private final ScheduledExecutorService prober =
            Executors.newSingleThreadScheduledExecutor(
                    work -> Thread.ofPlatform().daemon().name("breaker-probe").unstarted(work));
    private Valve valve = Valve.NONE;
    private State state = new Closed();
    private int attempts;

    /** What the breaker pauses. */
    public interface Valve {
        Valve NONE =
                new Valve() {
                    @Override
                    public void pause() {}

                    @Override
                    public void resume() {}
                };

        void pause();

        void resume();
    }

    /** Whether records flow. */
    public sealed interface State {}

    /** They flow. */
    public record Closed() implements State {}

    /** They wait for a part. */
    public record Open(Part part, String message, Instant since) implements State {}

    /** How long to wait between two probes: doubles from the first to the last, with jitter. */
    public record Backoff(Duration first, Duration last, RandomGenerator random) {
        Duration after(int attempts) {
            long millis = first.toMillis() << Math.min(attempts, 20);
            long bounded = Math.min(millis, last.toMillis());
            return Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
        }
    }

    /**
     * @param probes of the parts; a part without one is taken to be usable
     */
    public Breaker(Map<Part, Probe> probes, Backoff backoff, Clock clock) {
        this.probes = Map.copyOf(probes);
        this.backoff = backoff;
        this.clock = clock;
    }

    /** Takes over a new stream, which is paused if the breaker is open. */
    public synchronized void control(Valve stream) {
        valve = stream;
        if (state instanceof Open) {
            valve.pause();
        }
    }

    public synchronized State state() {
        return state;
    }

    public boolean isClosed() {
        return state() instanceof Closed;
    }

    /** A flush went through. */
    public synchronized void succeeded() {
        attempts = 0;
    }

    /** A flush failed. */
    public synchronized void failed(Fault fault) {
        if (state instanceof Closed) {
            state = new Open(fault.part(), fault.message(), clock.instant());
            valve.pause();
            LOG.warn("Paused: {} at fault: {}", fault.part(), fault.message());
            LOG.debug("The cause", fault.cause());
            schedule();
        }
    }

    private void schedule() {
        Duration wait = backoff.after(attempts);
        attempts++;
        try {
            var _ = prober.schedule(this::probe, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            LOG.debug("Closed while open");
        }
    }

    private void probe() {
        if (!(state() instanceof Open open)) {
            return;
        }
        try {
            probes.getOrDefault(open.part(), () -> {}).check();
        } catch (Throwable e) { // An Error too: without its next probe the stream never resumes.
            LOG.debug("{} is not back", open.part(), e);
            reschedule();
            return;
        }
        close(open);
    }

    private synchronized void reschedule() {
        schedule();
    }

    private synchronized void close(Open open) {
        state = new Closed();
        LOG.info(
                "Resumed: {} answers again after {} s",
                open.part(),
                Duration.between(open.since(), clock.instant()).toSeconds());
        valve.resume();
    }

    @Override
    public void close() {
        prober.shutdownNow();
    }
}
