package dev.understudy.replicator;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/** The configuration of the Kafka clients, which follows from the replication's. */
final class ClientSettings {
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);
    static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;

    private static final int MAX_BLOCK_MS = 5000;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int LINGER_MS = 100;

    private ClientSettings() {}

    static Properties streams(ReplicationSettings settings, String stateDirectory) {
        int records = settings.replicator().flushRecords();
        Properties streams = new Properties();
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        streams.putAll(settings.kafka().client());
        streams.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory);
        streams.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.replicator().threads());
        streams.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        streams.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        streams.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.replicator().commitInterval().toMillis());
        // Streams only punctuates between polls.
        streams.put(StreamsConfig.POLL_MS_CONFIG, settings.replicator().flushInterval().toMillis());
        // However long Kafka is away, a commit that it does not answer is tried again.
        streams.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, Duration.ofDays(365).toMillis());
        // No order between partitions is promised, so none is waited for.
        streams.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        streams.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, records);
        streams.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), records);
        streams.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                "earliest");
        streams.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                "read_committed");
        int sessionMs = Math.toIntExact(settings.replicator().sessionTimeout().toMillis());
        streams.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                sessionMs);
        streams.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                sessionMs / 5);
        return streams;
    }

    /**
     * For reading beside the stream, without a group: what is asked for while Kafka is away fails
     * soon, and asking makes no topic.
     */
    static Map<String, Object> reader(ReplicationSettings settings) {
        Map<String, Object> reader = settings.kafka().client();
        reader.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.applicationId() + "-reader");
        reader.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reader.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reader.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        reader.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, MAX_BLOCK_MS);
        reader.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, MAX_BLOCK_MS);
        return reader;
    }

    static Map<String, Object> producer(ReplicationSettings settings) {
        Map<String, Object> producer = settings.kafka().client();
        producer.put(ProducerConfig.CLIENT_ID_CONFIG, settings.applicationId() + "-reports");
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        // Longer than it takes to hand over a batch's reports, which are flushed then.
        producer.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, MAX_BLOCK_MS);
        producer.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(DELIVERY_TIMEOUT.toMillis()));
        return producer;
    }
}
