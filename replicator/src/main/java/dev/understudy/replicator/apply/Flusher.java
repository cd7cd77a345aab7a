package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.store.EntityStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Empties buffers: decode, apply to the store, report, and only then let go. Whatever fails stays
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

    /** Makes durable what it can of these buffers; never throws. */
    public FlushResult flush(List<ApplyBuffer> buffers) {
        long start = System.nanoTime();
        List<Fault> faults = new ArrayList<>();
        try {
            List<Pending> pending = new ArrayList<>();
            buffers.forEach(buffer -> pending.addAll(buffer.pending()));
            faults.addAll(settler.settle(pending));
            services.outbox().deliver(pending).ifPresent(faults::add);
        } catch (RuntimeException e) {
            faults.add(Fault.of(Part.REPLICATOR, e));
        }
        List<Pending> done = new ArrayList<>();
        buffers.forEach(buffer -> done.addAll(buffer.release()));
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
