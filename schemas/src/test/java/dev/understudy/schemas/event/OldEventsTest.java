package dev.understudy.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Events that were written by an older schema, and what a registry keeps of a schema. */
final class OldEventsTest {
    private static final Map<String, String> REGISTRY =
            Map.of("schema.registry.url", "mock://" + OldEventsTest.class.getName());
    private static final CatalogEntry OLD = entry("{\"name\": \"count\", \"type\": \"int\"}");
    private static final CatalogEntry NEW =
            entry(
                    """
                    {"name": "count", "type": ["null", "long"], "default": null},
                    {"name": "grade", "type": "string", "default": "none"},
                    {"name": "peer", "type": ["null", "string"], "default": null,
                     "entity.references": "shop.Item"}\
                    """);

    @Test
    void oldEventIsReadByTheNewerSchemaWithItsDefaults() {
        EntityContent content = read(OLD, NEW);

        assertThat(value(content, "count")).isEqualTo(7L);
        assertThat(value(content, "grade")).isEqualTo("none");
        assertThat(value(content, "peer")).isNull();
    }

    @Test
    void newEventIsReadByAnOlderReaderWithoutWhatItDoesNotKnow() {
        CatalogEntry wider =
                entry(
                        """
                        {"name": "count", "type": "int"},
                        {"name": "grade", "type": "string", "default": "none"}\
                        """);

        assertThat(value(read(wider, OLD), "count")).isEqualTo(7L);
    }

    @Test
    void schemaFetchedByItsIdStillHasItsEntityProperties() throws Exception {
        SchemaRegistryClient registry = new MockSchemaRegistryClient();
        int id = registry.register("us.shop.Item-value", new AvroSchema(NEW.type().schema()));

        EntityType fetched = EntityType.of((Schema) registry.getSchemaById(id).rawSchema());

        assertThat(fetched).isEqualTo(NEW.type());
        assertThat(fetched.key().name()).isEqualTo("id");
        assertThat(fetched.entitySet()).isEqualTo("things");
        assertThat(fetched.alternateKeys()).hasSize(1);
        assertThat(fetched.field("peer").orElseThrow().reference().orElseThrow().type())
                .isEqualTo("shop.Item");
    }

    private static EntityContent read(CatalogEntry writer, CatalogEntry reader) {
        EntityKey key = new EntityKey.OfString("k");
        EntityContent written =
                EntityContent.ofKey(writer.type(), key)
                        .with(writer.type().field("count").orElseThrow(), 7L);
        ChangeMetadata metadata =
                new ChangeMetadata(
                        "us",
                        ChangeKind.UPSERTED,
                        new Version(1),
                        new Position(1, 1),
                        Instant.EPOCH,
                        Optional.empty());
        try (ChangeEventEncoder encoder = new ChangeEventEncoder(REGISTRY);
                ChangeEventDecoder decoder = new ChangeEventDecoder(REGISTRY)) {
            ProducerRecord<byte[], byte[]> record =
                    encoder.encode(new ChangeEvent(key, written, metadata));
            Decoded decoded =
                    decoder.decode(reader, "k".getBytes(UTF_8), record.value(), record.headers());
            assertThat(decoded).isInstanceOf(Decoded.Change.class);
            return ((Decoded.Change) decoded).event().content();
        }
    }

    private static Object value(EntityContent content, String field) {
        return content.value(content.type().field(field).orElseThrow());
    }

    private static CatalogEntry entry(String fields) {
        String schema =
                """
                {"type": "record", "name": "Item", "namespace": "shop", "entity.key": "id",
                 "entity.set": "things", "entity.alternateKeys": [["count"]],
                 "fields": [{"name": "id", "type": "string"}, %s]}\
                """
                        .formatted(fields);
        return new CatalogEntry("us", EntityType.of(new Schema.Parser().parse(schema)));
    }
}
