package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.event.PoisonReason;
import dev.understudy.schemas.event.RegistryUnavailableException;
import dev.understudy.store.EntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Empties a buffer: decode, apply to the store, report, and only then let go. Whatever fails stays
 * in the buffer at the step it has reached. One thread's.
 */
public final class Flusher implements AutoCloseable {
    private final ChangeEventDecoder decoder;
    private final Services services;
    private final int maxBatch;

    /** What flushers of all threads share. */
    public record Services(EntityStore store, Outbox outbox, FlushMetrics metrics, Clock clock) {}

    /**
     * @param maxBatch events in one transaction of the store at most
     */
    public Flusher(ChangeEventDecoder decoder, Services services, int maxBatch) {
        this.decoder = decoder;
        this.services = services;
        this.maxBatch = maxBatch;
    }

    /** Makes durable what it can of the buffer; never throws. */
    public FlushResult flush(ApplyBuffer buffer) {
        long start = System.nanoTime();
        List<Fault> faults = new ArrayList<>();
        try {
            decode(buffer.pending()).ifPresent(faults::add);
            apply(buffer.pending()).ifPresent(faults::add);
            services.outbox().deliver(buffer.pending()).ifPresent(faults::add);
        } catch (RuntimeException e) {
            faults.add(Fault.of(Part.REPLICATOR, e));
        }
        List<Pending> done = buffer.release();
        services.metrics().flushed(done, Duration.ofNanos(System.nanoTime() - start));
        return faults.isEmpty()
                ? new FlushResult.Flushed(done.size())
                : new FlushResult.Failed(faults.getFirst());
    }

    private Optional<Fault> decode(List<Pending> batch) {
        try {
            for (Pending pending : batch) {
                if (pending.decoded() == null) {
                    decode(pending);
                }
            }
            return Optional.empty();
        } catch (RegistryUnavailableException e) {
            return Optional.of(Fault.of(Part.REGISTRY, e));
        }
    }

    private void decode(Pending pending) {
        Decoded decoded = decoded(pending);
        pending.decoded(decoded);
        switch (decoded) {
            case Decoded.Change _ -> {}
            case Decoded.Purged _ -> pending.settled(new Settled.Ignored());
            case Decoded.Poison poison ->
                    pending.settled(
                            new Settled.Rejected(
                                    poison.reason(), poison.message(), services.clock().instant()));
        }
    }

    /** One record that surprises the decoder does not hold up all that follow it. */
    private Decoded decoded(Pending pending) {
        try {
            return decoder.decode(
                    pending.entry(),
                    pending.record().key(),
                    pending.record().value(),
                    pending.record().headers());
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Decoded.Poison(PoisonReason.UNDECODABLE, "unexpected: " + e, e);
        }
    }

    private Optional<Fault> apply(List<Pending> batch) {
        List<Pending> changes = new ArrayList<>();
        List<ChangeEvent> events = new ArrayList<>();
        for (Pending pending : batch) {
            if (pending.settled() == null
                    && pending.decoded() instanceof Decoded.Change(ChangeEvent event)) {
                changes.add(pending);
                events.add(event);
            }
        }
        try {
            for (int from = 0; from < events.size(); from += maxBatch) {
                int to = Math.min(from + maxBatch, events.size());
                apply(changes.subList(from, to), events.subList(from, to));
            }
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(Fault.of(Part.DATABASE, e));
        }
    }

    private void apply(List<Pending> changes, List<ChangeEvent> events) {
        List<Outcome> outcomes = services.store().apply(List.copyOf(events));
        Instant now = services.clock().instant();
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i)
                    .settled(
                            switch (outcomes.get(i)) {
                                case Outcome.Refused(String sqlState, String message) ->
                                        new Settled.Rejected(
                                                PoisonReason.REFUSED,
                                                sqlState + ": " + message,
                                                now);
                                case Outcome outcome ->
                                        new Settled.Applied(events.get(i), outcome, now);
                            });
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
