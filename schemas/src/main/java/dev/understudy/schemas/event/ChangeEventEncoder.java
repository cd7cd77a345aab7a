package dev.understudy.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.codec.AvroContent;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Change events as Kafka records: the key as text, the value as Avro in Confluent's wire format,
 * the headers of {@link ChangeEventHeaders}. Registers a schema on first use under {@code
 * <topic>-value}. Thread-safe.
 */
public final class ChangeEventEncoder implements AutoCloseable {
    private final KafkaAvroSerializer serializer;

    /**
     * @param configuration of Confluent's serializer, at least {@code schema.registry.url}
     */
    public ChangeEventEncoder(Map<String, ?> configuration) {
        this(new KafkaAvroSerializer(), configuration);
    }

    /**
     * As above, by a client that may know schemas already, which then need no registry.
     *
     * @param configuration of Confluent's serializer, at least {@code schema.registry.url}
     */
    public ChangeEventEncoder(SchemaRegistryClient client, Map<String, ?> configuration) {
        this(new KafkaAvroSerializer(client), configuration);
    }

    private ChangeEventEncoder(KafkaAvroSerializer serializer, Map<String, ?> configuration) {
        this.serializer = serializer;
        Map<String, Object> withDefaults = new HashMap<>();
        withDefaults.put("auto.register.schemas", true);
        withDefaults.putAll(configuration);
        serializer.configure(withDefaults, false);
    }

    /**
     * The record of an event, without a partition.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the registry is away or
     *     refuses the schema
     */
    public ProducerRecord<byte[], byte[]> encode(ChangeEvent event) {
        String topic = event.topic();
        byte[] value = serializer.serialize(topic, AvroContent.toRecord(event.content()));
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, event.key().text().getBytes(UTF_8), value);
        ChangeEventHeaders.write(event, record.headers());
        return record;
    }

    @Override
    public void close() {
        serializer.close();
    }
}
