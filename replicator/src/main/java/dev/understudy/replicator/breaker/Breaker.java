package dev.understudy.replicator.breaker;

import dev.understudy.replicator.apply.Fault;
import dev.understudy.replicator.apply.Part;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens when a flush fails, which pauses the stream. When its probe finds the part at fault usable
 * again, one flush is let through as a trial: if that succeeds it closes, and if not it opens again
 * and waits longer. Thread-safe.
 */
public final class Breaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    /** How long a trial may keep others from flushing; then they find out for themselves. */
    private static final Duration TRIAL = Duration.ofMinutes(1);

    private final Map<Part, Probe> probes;
    private final Backoff backoff;
    private final BreakerMetrics metrics;
    private final Clock clock;
    private final Later prober;
    private Valve valve = Valve.NONE;
    private State state = new Closed();
    private @Nullable Thread trying;
    private @Nullable Instant healed;
    private int attempts;

    /** Whether records flow. */
    public sealed interface State {}

    /** They flow. */
    public record Closed() implements State {}

    /** They wait for a part. */
    public record Open(Part part, String message, Instant since) implements State {}

    /** The part answers since a time; the first flush finds out whether it can be used. */
    public record Trial(Open outage, Instant since) implements State {}

    /**
     * @param probes of the parts; a part without one is taken to be usable
     */
    public Breaker(Map<Part, Probe> probes, Backoff backoff, BreakerMetrics metrics, Clock clock) {
        this(probes, backoff, metrics, clock, Later.thread());
    }

    /** The same, whose probes something else starts. */
    public Breaker(
            Map<Part, Probe> probes,
            Backoff backoff,
            BreakerMetrics metrics,
            Clock clock,
            Later prober) {
        this.prober = prober;
        this.probes = Map.copyOf(probes);
        this.backoff = backoff;
        this.metrics = metrics;
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

    /** Since when the part that was at fault last can be used again. */
    public synchronized Optional<Instant> healed() {
        return Optional.ofNullable(healed);
    }

    /**
     * Whether the calling thread may flush, and then must say how it went. Of a trial one thread
     * is; the others wait for its end, at most a minute.
     */
    public synchronized boolean enter() {
        long deadline = System.nanoTime() + TRIAL.toNanos();
        while (state instanceof Trial && trying != null && !Thread.currentThread().equals(trying)) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            try {
                wait(leftMs);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        if (state instanceof Trial) {
            trying = Thread.currentThread();
        }
        return !(state instanceof Open);
    }

    /** A flush went through. */
    public synchronized void succeeded() {
        switch (state) {
            case Closed() -> attempts = 0;
            case Trial(Open outage, Instant since) -> {
                attempts = 0;
                healed = since;
                become(new Closed());
                LOG.info(
                        "Resumed: {} is back after {} s",
                        outage.part(),
                        Duration.between(outage.since(), since).toSeconds());
            }
            case Open _ -> {}
        }
    }

    /** A part answers, as somebody found out who does not flush. */
    public synchronized void answers(Part part) {
        if (state instanceof Trial(Open outage, Instant _) && outage.part() == part) {
            succeeded();
        }
    }

    /** A flush failed, or somebody else found a part away. Tells of each outage once. */
    public synchronized void failed(Fault fault) {
        switch (state) {
            case Closed() -> open(fault, clock.instant(), true);
            case Trial(Open outage, Instant _) ->
                    open(fault, outage.since(), outage.part() != fault.part());
            case Open _ -> {}
        }
    }

    private void open(Fault fault, Instant since, boolean isNews) {
        become(new Open(fault.part(), fault.message(), since));
        valve.pause();
        if (isNews) {
            metrics.opened(fault.part());
            LOG.warn("Paused: {} at fault: {}", fault.part(), fault.message());
        }
        LOG.debug("The cause", fault.cause());
        schedule();
    }

    private void become(State next) {
        state = next;
        trying = null;
        notifyAll();
    }

    private void schedule() {
        Duration wait = backoff.after(attempts);
        attempts++;
        prober.run(this::probe, wait);
    }

    private void probe() {
        if (!(state() instanceof Open open)) {
            return;
        }
        metrics.probed(open.part());
        try {
            probes.getOrDefault(open.part(), () -> {}).check();
        } catch (Throwable e) { // An Error too: without its next probe the stream never resumes.
            LOG.debug("{} is not back", open.part(), e);
            reschedule();
            return;
        }
        tryAgain(open);
    }

    private synchronized void reschedule() {
        schedule();
    }

    private synchronized void tryAgain(Open outage) {
        Trial trial = new Trial(outage, clock.instant());
        become(trial);
        valve.resume();
        prober.run(() -> end(trial), TRIAL);
    }

    /** Nobody had anything to flush, or is still at it. */
    private synchronized void end(Trial trial) {
        if (state.equals(trial) && trying == null) {
            succeeded();
        } else if (state.equals(trial)) {
            trying = null;
            notifyAll();
            prober.run(() -> end(trial), TRIAL);
        }
    }

    @Override
    public void close() {
        prober.close();
    }
}
