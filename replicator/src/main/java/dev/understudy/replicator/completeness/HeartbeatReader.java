package dev.understudy.replicator.completeness;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of owners' control topics as heartbeats. One thread's. */
final class HeartbeatReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatReader.class);

    /** The registry's own codes of what it does not know begin with it. */
    private static final int NOT_FOUND = 404;

    private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();

    /**
     * Everything that its owner committed up to a time is below these offsets.
     *
     * @param offsets by topic, for each of its partitions the next one
     */
    record Beat(Instant time, Map<String, Map<TopicPartition, Long>> offsets) {}

    /**
     * @param registry configuration of Confluent's deserializer
     */
    HeartbeatReader(Map<String, ?> registry) {
        deserializer.configure(registry, false);
    }

    /**
     * The heartbeat in a record, if it is one.
     *
     * @throws SerializationException if the registry is needed and away
     */
    Optional<Beat> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return deserializer.deserialize(record.topic(), record.value())
                            instanceof GenericRecord beat
                    ? Optional.of(beat(beat))
                    : Optional.empty();
        } catch (SerializationException e) {
            if (isAway(e)) {
                throw e;
            }
            return skipped(record, e);
        } catch (KafkaException e) {
            throw new SerializationException("the registry fails: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // Avro's and ours: a record of another schema, which its owner's heartbeats never have.
            return skipped(record, e);
        }
    }

    /** The registry, and not just a schema or the end of a record. */
    private static boolean isAway(SerializationException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientException rest) {
                return rest.getErrorCode() / 100 != NOT_FOUND;
            }
            if (cause instanceof IOException && !(cause instanceof EOFException)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Beat> skipped(ConsumerRecord<byte[], byte[]> record, Exception why) {
        LOG.warn(
                "{}-{}@{} is not a heartbeat: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                why.toString());
        return Optional.empty();
    }

    private static Beat beat(GenericRecord beat) {
        Map<String, Map<TopicPartition, Long>> offsets = new HashMap<>();
        ((Map<?, ?>) beat.get("nextOffsets"))
                .forEach((topic, next) ->
                        offsets.put(topic.toString(), offsets(topic.toString(), (List<?>) next)));
        return new Beat(Instant.EPOCH.plus((Long) beat.get("time"), ChronoUnit.MICROS), offsets);
    }

    private static Map<TopicPartition, Long> offsets(String topic, List<?> next) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (int partition = 0; partition < next.size(); partition++) {
            offsets.put(new TopicPartition(topic, partition), (Long) next.get(partition));
        }
        return offsets;
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
