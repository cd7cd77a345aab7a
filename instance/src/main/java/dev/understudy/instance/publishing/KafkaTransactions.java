package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.PublishingSettings.Kafka;
import dev.understudy.schemas.UnderstudyException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The owner's transactional producer: opening one fences whoever had it before. After any exception
 * it can only be closed. Used by one thread.
 */
final class KafkaTransactions implements AutoCloseable {
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final NextOffsets nextOffsets;
    private boolean inTransaction;

    private KafkaTransactions(Producer<byte[], byte[]> producer, NextOffsets nextOffsets) {
        this.producer = producer;
        this.nextOffsets = nextOffsets;
    }

    /** Where an owner's topics are. */
    interface Cluster {
        /** A producer that is not open yet. */
        Producer<byte[], byte[]> producer(Map<String, Object> configuration);

        /** The offset that each partition's next record will have. */
        Map<TopicPartition, Long> ends() throws InterruptedException;
    }

    /** Topics of a cluster that the client is of. */
    record Connected(TopicSetup topics, Admin admin) implements Cluster {
        @Override
        public Producer<byte[], byte[]> producer(Map<String, Object> configuration) {
            return new KafkaProducer<>(configuration);
        }

        @Override
        public Map<TopicPartition, Long> ends() throws InterruptedException {
            return topics.ends(admin);
        }
    }

    /** Fails if the slot is not ours any more. */
    @FunctionalInterface
    interface SlotCheck {
        void check() throws SQLException;
    }

    /**
     * Fences the predecessor, ends what it left open, and notes where the topics end. The slot is
     * taken before this and looked at again after the fencing: whoever still has it then is fenced
     * by any successor, and whoever has lost it might have fenced one that is ahead.
     */
    static KafkaTransactions open(PublishingSettings settings, Cluster cluster, SlotCheck slot)
            throws SQLException, InterruptedException {
        Producer<byte[], byte[]> producer = cluster.producer(producer(settings));
        try {
            producer.initTransactions();
            slot.check();
            // From here on nobody else can produce, so the ends are exact.
            return new KafkaTransactions(producer, new NextOffsets(cluster.ends()));
        } catch (SQLException | RuntimeException | InterruptedException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    static Admin admin(Kafka kafka) {
        Map<String, Object> client = kafka.servers().client();
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return Admin.create(client);
    }

    /** Sends a record, in a new transaction if none is open. */
    void send(ProducerRecord<byte[], byte[]> record) {
        check();
        if (!inTransaction) {
            producer.beginTransaction();
            inTransaction = true;
        }
        Future<RecordMetadata> _ = producer.send(record, this::acknowledged);
    }

    /**
     * Waits for the acknowledgement of all that was sent, and returns where the topics end then.
     */
    Map<String, List<Long>> flush() {
        producer.flush();
        check();
        return nextOffsets.byTopic();
    }

    /** What was sent is in Kafka, for those who read committed records. */
    void commit() {
        if (inTransaction) {
            try {
                producer.commitTransaction();
            } catch (KafkaException e) {
                failure.compareAndSet(null, e);
                throw e;
            }
            inTransaction = false;
        }
    }

    private void acknowledged(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null) {
            failure.compareAndSet(null, exception);
        } else if (metadata != null) {
            nextOffsets.acknowledged(
                    new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset());
        }
    }

    private void check() {
        Exception e = failure.get();
        if (e != null) {
            throw new UnderstudyException(
                    UnderstudyException.Severity.RETRYABLE, "Kafka did not take a record: " + e, e);
        }
    }

    /** Aborts an open transaction if Kafka is there; if not, the next producer's opening does. */
    @Override
    public void close() {
        try {
            if (inTransaction && failure.get() == null) {
                producer.abortTransaction();
            }
        } catch (KafkaException _) {
            // Fenced or away: the transaction ends without us.
        } finally {
            producer.close(CLOSE_BOUND);
        }
    }

    private static Map<String, Object> producer(PublishingSettings settings) {
        Map<String, Object> producer = settings.kafka().servers().client();
        producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "understudy-" + settings.instance());
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // A commit sends at once whatever lingers, and is seldom further away.
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSetup.MAX_RECORD_BYTES);
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        producer.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 60_000);
        // A transaction begins while the markers of the one before are still being written.
        producer.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        producer.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 500);
        producer.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        return producer;
    }
}
