package dev.understudy.system.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer whose records are in the log once they are sent, committed or not. */
final class SimulatedProducer extends MockProducer<byte[], byte[]> {
    private final SimulatedKafka kafka;
    private final World world;
    private final String transactionalId;
    private int epoch;
    private @Nullable SimulatedTransaction transaction;

    SimulatedProducer(SimulatedKafka kafka, String transactionalId) {
        super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        this.kafka = kafka;
        this.world = kafka.world();
        this.transactionalId = transactionalId;
    }

    @Override
    public void initTransactions() {
        world.danger();
        requireKafka();
        epoch = kafka.fence(transactionalId);
        world.danger();
    }

    @Override
    public void beginTransaction() {
        transaction = SimulatedTransaction.open();
    }

    @Override
    public synchronized Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        world.danger();
        CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
        @Nullable Exception failure = failure();
        SimulatedPartition partition =
                kafka.partitionOf(record.topic(), new String(record.key(), UTF_8));
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else if (partition == null) {
            answer.complete(null);
        } else {
            long offset = partition.append(record, inTransaction());
            answer.complete(metadata(partition.name(), offset));
        }
        if (callback != null) {
            callback.onCompletion(answer.getNow(null), failure);
        }
        return answer;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return send(record, null);
    }

    @Override
    public synchronized void flush() {
        world.pause();
    }

    @Override
    public void commitTransaction() {
        world.danger();
        requireKafka();
        requireTransaction();
        if (transaction != null && transaction.isOpen()) {
            transaction.commit();
            kafka.ended(transactionalId);
        }
        transaction = null;
        world.danger();
        if (world.bad(30)) {
            world.note(Happening.ACKNOWLEDGEMENT_LOST);
            throw new TimeoutException("no answer to a commit that was made");
        }
    }

    @Override
    public void abortTransaction() {
        requireKafka();
        requireTransaction();
        if (transaction != null && transaction.isOpen()) {
            transaction.abort();
            kafka.ended(transactionalId);
        }
        transaction = null;
    }

    @Override
    public void close() {}

    @Override
    public void close(Duration timeout) {}

    /** The transaction is known to Kafka from its first record on. */
    private SimulatedTransaction inTransaction() {
        if (transaction == null) {
            return SimulatedTransaction.none();
        }
        if (!kafka.isOpen(transactionalId, transaction)) {
            kafka.begin(transactionalId, transaction);
        }
        return transaction;
    }

    private @Nullable Exception failure() {
        if (kafka.isAway() || world.bad(80)) {
            return new TimeoutException("Kafka is away");
        }
        return transaction != null && kafka.isFenced(transactionalId, epoch) ? fenced() : null;
    }

    private void requireKafka() {
        if (kafka.isAway()) {
            throw new TimeoutException("Kafka is away");
        }
    }

    private void requireTransaction() {
        if (kafka.isFenced(transactionalId, epoch)) {
            throw fenced();
        }
    }

    private ProducerFencedException fenced() {
        world.note(Happening.FENCED);
        return new ProducerFencedException(transactionalId + " is another's by now");
    }

    private static RecordMetadata metadata(TopicPartition partition, long offset) {
        return new RecordMetadata(partition, offset, 0, 0, 0, 0);
    }
}
