package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.store.EntityStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Empties a buffer: decode, apply to the store, report, and only then let go. Whatever fails stays
 * in the buffer at the step it has reached. One thread's.
 */
public final class Flusher implements AutoCloseable {
    private final Settler settler;
    private final Services services;

    /** What flushers of all threads share. */
    public record Services(
            EntityStore store,
            WriterSchemas schemas,
            Outbox outbox,
            FlushMetrics metrics,
            Clock clock) {}

    /**
     * @param maxBatch events in one transaction of the store at most
     */
    public Flusher(ChangeEventDecoder decoder, Services services, int maxBatch) {
        this.settler = new Settler(decoder, services, maxBatch);
        this.services = services;
    }

    /** Makes durable what it can of the buffer; never throws. */
    public FlushResult flush(ApplyBuffer buffer) {
        long start = System.nanoTime();
        List<Fault> faults = new ArrayList<>();
        try {
            faults.addAll(settler.settle(buffer.pending()));
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

    @Override
    public void close() {
        settler.close();
    }
}
