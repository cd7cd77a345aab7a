package dev.understudy.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.codec.AvroContent;
import dev.understudy.schemas.codec.EncodedContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.topic.TopicNames;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Change events as Kafka records: the key as text, the value as Avro in Confluent's wire format,
 * the headers of {@link ChangeEventHeaders}. Registers a schema on first use under {@code
 * <topic>-value}. Thread-safe.
 */
public final class ChangeEventEncoder implements AutoCloseable {
    private final KafkaAvroSerializer serializer;
    private final Map<Written, byte[]> prefixes = new ConcurrentHashMap<>();

    private record Written(String topic, EntityType type) {}

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
        byte[] value = serializer.serialize(event.topic(), AvroContent.toRecord(event.content()));
        return record(event.topic(), event.type(), event.key(), value, event.metadata());
    }

    /**
     * The same of content that is Avro already, which is sent as it is: the serializer's work is
     * done once for each topic and schema.
     *
     * @throws org.apache.kafka.common.errors.SerializationException as above
     * @throws IOException if the bytes are none of the schema's; may be found only with the first
     */
    public ProducerRecord<byte[], byte[]> encode(EncodedContent content, ChangeMetadata metadata)
            throws IOException {
        String topic = TopicNames.changeEvents(metadata.owner(), content.type());
        Written written = new Written(topic, content.type());
        byte[] prefix = prefixes.get(written);
        if (prefix == null) {
            prefix = prefix(topic, content);
            prefixes.put(written, prefix);
        }
        ByteBuffer avro = content.avro().duplicate();
        byte[] value = Arrays.copyOf(prefix, prefix.length + avro.remaining());
        avro.get(value, prefix.length, avro.remaining());
        return record(topic, content.type(), content.key(), value, metadata);
    }

    /** What Confluent's serializer puts before the Avro: the schema's ID in its registry. */
    private byte[] prefix(String topic, EncodedContent content) throws IOException {
        byte[] value = serializer.serialize(topic, AvroContent.toRecord(content.content()));
        return Arrays.copyOf(value, value.length - content.avro().remaining());
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, EntityType type, EntityKey key, byte[] value, ChangeMetadata metadata) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.text().getBytes(UTF_8), value);
        ChangeEventHeaders.write(type, key, metadata, record.headers());
        return record;
    }

    @Override
    public void close() {
        serializer.close();
    }
}
