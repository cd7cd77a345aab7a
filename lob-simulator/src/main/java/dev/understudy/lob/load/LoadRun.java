package dev.understudy.lob.load;

import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.InstanceSettings.Limits;
import dev.understudy.lob.client.Submission;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.load.LoadResult.Timing;
import dev.understudy.lob.load.LoadSettings.Bounds;
import dev.understudy.lob.load.Outcome.Accepted;
import dev.understudy.lob.terminal.Ticker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of an open loop: each operation has a due time that is fixed in advance and does not wait
 * for earlier answers, and its latency counts from that time, so that a slow instance cannot hide
 * by slowing the load. Where the bound of requests in flight is reached, operations wait, in order,
 * and their latency goes on counting.
 */
public final class LoadRun {

    private static final int PREPARING_AT_ONCE = 16;

    private final LoadObserver observer;
    private final Requests requests;
    private final HydrationProbes probes;
    private final Measurements measurements;
    private final Gate gate;

    private LoadRun(
            LoadObserver observer,
            Requests requests,
            HydrationProbes probes,
            Measurements measurements,
            Gate gate) {
        this.observer = observer;
        this.requests = requests;
        this.probes = probes;
        this.measurements = measurements;
        this.gate = gate;
    }

    /**
     * Loads the accounts that operations are about, sends the operations, waits for their answers
     * and for the hydration of the sampled accounts. Throws {@link InstanceFault} if the source
     * does not take the first accounts, or when interrupted.
     */
    public static LoadResult run(LoadSettings settings, LoadObserver observer) {
        Bounds bounds = settings.bounds();
        try (InstanceClient source = client(settings.source(), bounds);
                InstanceClient target = client(settings.target(), bounds)) {
            LoadData data = new LoadData(settings.data());
            prepare(source, data);
            Instant startedAt = Instant.now();
            long start = System.nanoTime();
            try (HydrationProbes probes = new HydrationProbes(target, bounds.hydration(), start)) {
                LoadRun run =
                        new LoadRun(
                                observer,
                                new Requests(source, target, data),
                                probes,
                                new Measurements(settings.mix(), start),
                                new Gate(bounds.inFlight(), start));
                run.watched(settings, start);
                return run.result(settings, startedAt);
            }
        }
    }

    private static void prepare(InstanceClient source, LoadData data) {
        requireComplete("accounts", source.submit(Contoso.ACCOUNTS, data.base().accounts()));
        requireComplete("contacts", source.submit(Contoso.CONTACTS, data.base().contacts()));
    }

    private static void requireComplete(String what, Submission submission) {
        if (!submission.complete()) {
            throw new InstanceFault(
                    Code.UNAVAILABLE,
                    "the source took %d of %d %s to begin with: %s %s"
                            .formatted(
                                    submission.accepted(),
                                    submission.submitted(),
                                    what,
                                    submission.failuresByCode(),
                                    submission.failures().getFirst().samples()),
                    null);
        }
    }

    private void watched(LoadSettings settings, long start) {
        // Closing the threads waits for what is in flight; time-outs bound that.
        try (Ticker _ =
                        new Ticker(
                                Duration.ofSeconds(1),
                                () -> observer.figures(measurements.figures(gate)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            dispatch(settings, start, threads);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InstanceFault(Code.INTERRUPTED, "the load was interrupted", e);
        }
    }

    private void dispatch(LoadSettings settings, long start, ExecutorService threads)
            throws InterruptedException {
        long arrivals = settings.pace().arrivals();
        long until =
                start
                        + settings.pace().offsetNanos(arrivals - 1)
                        + settings.bounds().overrun().toNanos();
        Plan plan = new Plan(settings.mix(), settings.data().seed());
        for (long i = 0; i < arrivals; i++) {
            Arrival arrival = plan.next();
            long due = start + settings.pace().offsetNanos(i);
            await(due);
            if (gate.enter(due, until)) {
                threads.execute(() -> send(arrival, due));
            } else {
                measurements.add(arrival.operation(), new Outcome.NotSent(), due);
            }
        }
    }

    private void send(Arrival arrival, long due) {
        try {
            Requests.Reply reply = requests.send(arrival);
            measurements.add(arrival.operation(), reply.outcome(), due);
            measurements.addPlaceholders(reply.placeholders());
            if (arrival.operation() == Operation.CREATE && reply.outcome() instanceof Accepted) {
                probes.acknowledged(reply.key());
            }
            observer.answered(arrival.operation(), reply.key(), reply.outcome());
        } finally {
            gate.leave();
        }
    }

    private LoadResult result(LoadSettings settings, Instant startedAt) {
        LoadResult result =
                new LoadResult(
                        settings,
                        new Timing(
                                startedAt,
                                measurements.elapsed(),
                                measurements.answeredPerSecond()),
                        gate.held(),
                        measurements.operations(),
                        measurements.tickets(),
                        probes.result());
        if (result.due() != settings.pace().arrivals()) {
            throw new IllegalStateException(
                    "%d operations were due, %d are accounted for"
                            .formatted(settings.pace().arrivals(), result.due()));
        }
        return result;
    }

    private static void await(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(left);
        }
    }

    /** One attempt each: an operation is one request. */
    private static InstanceClient client(URI url, Bounds bounds) {
        InstanceSettings settings = InstanceSettings.at(url);
        Limits limits = settings.limits();
        return new InstanceClient(
                settings.withRequestTimeout(bounds.requestTimeout())
                        .withLimits(
                                new Limits(
                                        PREPARING_AT_ONCE, limits.pageSize(), 1, limits.faults()))
                        .withResilience(bounds.resilience()));
    }
}
