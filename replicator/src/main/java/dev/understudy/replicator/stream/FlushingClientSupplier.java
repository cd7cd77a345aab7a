package dev.understudy.replicator.stream;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** The usual clients, apart from the main consumers. */
final class FlushingClientSupplier implements KafkaClientSupplier {
    private final KafkaClientSupplier usual = new DefaultKafkaClientSupplier();
    private final Supplier<CommitGate> gates;
    private final Backlog backlog;

    /**
     * @param gates makes a gate for each consumer
     */
    FlushingClientSupplier(Supplier<CommitGate> gates, Backlog backlog) {
        this.gates = gates;
        this.backlog = backlog;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> configuration) {
        return new FlushingConsumer(configuration, gates.get(), backlog);
    }

    @Override
    public Admin getAdmin(Map<String, Object> configuration) {
        return usual.getAdmin(configuration);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> configuration) {
        return usual.getProducer(configuration);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> configuration) {
        return usual.getRestoreConsumer(configuration);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> configuration) {
        return usual.getGlobalConsumer(configuration);
    }
}
