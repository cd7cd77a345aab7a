package dev.understudy.replicator.completeness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.topic.TopicNames;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** What is in a control topic and is no heartbeat holds up none that follow. */
final class HeartbeatReaderTest {
    private static final Map<String, String> REGISTRY =
            Map.of("schema.registry.url", "mock://heartbeats");
    private static final String TOPIC = TopicNames.control("us");
    private static final Schema OTHER =
            new Schema.Parser()
                    .parse(
                            """
                            {"type": "record", "name": "Other", "fields": [
                                {"name": "text", "type": "string"}]}
                            """);

    @Test
    void recordOfAnotherSchemaIsSkipped() {
        assertThat(read(REGISTRY, other())).isTrue();
    }

    @Test
    void recordThatEndsTooEarlyIsSkipped() {
        byte[] whole = other();

        assertThat(read(REGISTRY, Arrays.copyOf(whole, whole.length - 3))).isTrue();
    }

    @Test
    void recordOfASchemaThatTheRegistryDoesNotKnowIsSkipped() {
        byte[] unknown = ByteBuffer.allocate(9).put((byte) 0).putInt(12_345).putInt(1).array();

        assertThat(read(REGISTRY, unknown)).isTrue();
    }

    @Test
    void aRegistryThatIsAwayIsNoReasonToSkip() {
        Map<String, Object> away =
                Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", 0);

        assertThatThrownBy(() -> read(away, other())).isInstanceOf(SerializationException.class);
    }

    /** Whether it was read and found to be none. */
    private static boolean read(Map<String, ?> registry, byte[] value) {
        try (HeartbeatReader reader = new HeartbeatReader(registry)) {
            byte[] key = "us".getBytes(UTF_8);
            return reader.read(new ConsumerRecord<>(TOPIC, 0, 7, key, value)).isEmpty();
        }
    }

    private static byte[] other() {
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(REGISTRY, false);
            return serializer.serialize(
                    TOPIC, new GenericRecordBuilder(OTHER).set("text", "no heartbeat").build());
        }
    }
}
