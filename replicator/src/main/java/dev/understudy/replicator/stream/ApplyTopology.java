package dev.understudy.replicator.stream;

import dev.understudy.replicator.apply.Flusher;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.Topology;

/**
 * One processor fed by all replicated topics, and the clients that let offsets follow it. Make a
 * new one for each {@link org.apache.kafka.streams.KafkaStreams}.
 */
public final class ApplyTopology {
    private final Catalog catalog;
    private final List<String> topics;
    private final Work work;
    private final ApplyTasks tasks = new ApplyTasks();
    private final Backlog backlog = new Backlog();

    /**
     * What the tasks work with.
     *
     * @param registry configuration of Confluent's deserializer
     */
    public record Work(
            Map<String, ?> registry,
            Flusher.Services services,
            Breaker breaker,
            FlushLimits limits,
            FaultHalt halt) {}

    /**
     * @param target all types that this instance does not own are replicated to it
     */
    public ApplyTopology(Catalog catalog, String target, Work work) {
        this.catalog = catalog;
        this.topics = catalog.notOwnedBy(target).stream().map(CatalogEntry::topic).toList();
        this.work = work;
    }

    public Topology topology() {
        return new Topology()
                .addSource(
                        (record, _) -> Math.max(0, record.timestamp()),
                        "change-events",
                        topics.toArray(String[]::new))
                .addProcessor(
                        "apply",
                        () -> new ApplyProcessor(catalog, this::newTask, tasks, work.limits()),
                        "change-events");
    }

    public KafkaClientSupplier clients() {
        return new FlushingClientSupplier(() -> new CommitGate(tasks, work.halt()), backlog);
    }

    private ApplyTask newTask(int partition) {
        Flusher flusher =
                new Flusher(
                        new ChangeEventDecoder(work.registry()),
                        work.services(),
                        work.limits().records());
        return new ApplyTask(partition, flusher, work, backlog);
    }
}
