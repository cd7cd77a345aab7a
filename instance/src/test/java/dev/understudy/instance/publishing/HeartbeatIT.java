package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Position;
import dev.understudy.store.EntityId;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an owner tells of itself: heartbeats and schemas. */
@Timeout(120)
final class HeartbeatIT {
    private final Owner owner = new Owner(Servers.shared());
    private final Heartbeats heartbeats = new Heartbeats(owner);

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void heartbeatsTellTheNextOffsets() throws Exception {
        List<EntityId> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(owner.someAccount());
        }
        Instant written;
        try (Publishing publishing = owner.started()) {
            ids.forEach(id -> owner.write(publishing, id));
            written = Instant.now();
            heartbeats.awaitAfter(written);
        }
        List<Long> next = new ArrayList<>(List.of(0L, 0L, 0L));
        owner.topic().events().forEach(found -> next.set(found.partition(), found.offset() + 1));

        GenericRecord heartbeat = heartbeats.all().getLast();
        assertThat(offsets(heartbeat)).isEqualTo(next);
        assertThat(heartbeat.get("owner")).hasToString(owner.name);
        Position last =
                owner.topic().events().stream()
                        .map(found -> found.event().metadata().position())
                        .max(Position::compareTo)
                        .orElseThrow();
        assertThat(Position.parse(heartbeat.get("position").toString())).isGreaterThan(last);

        // A publisher that starts anew begins with the ends it finds, which are no lower.
        Instant restarted = Instant.now();
        try (Publishing _ = owner.started()) {
            heartbeats.awaitAfter(restarted);
        }
        List<Long> after = offsets(heartbeats.all().getLast());
        for (int partition = 0; partition < after.size(); partition++) {
            assertThat(after.get(partition)).isGreaterThanOrEqualTo(next.get(partition));
        }
    }

    @Test
    void everyChangeUpToAHeartbeatIsBelowItsOffsets() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            for (int i = 0; i < 300; i++) {
                owner.write(publishing, id);
            }
            heartbeats.awaitAfter(Instant.now());
        }
        List<Topic.Found> events = owner.topic().events();
        assertThat(events).hasSize(300);
        List<GenericRecord> all = heartbeats.all();
        assertThat(all).hasSizeGreaterThan(1);
        for (GenericRecord heartbeat : all) {
            Position position = Position.parse(heartbeat.get("position").toString());
            List<Long> next = offsets(heartbeat);
            assertThat(events)
                    .filteredOn(
                            found -> found.event().metadata().position().compareTo(position) < 0)
                    .allMatch(found -> found.offset() < next.get(found.partition()));
        }
    }

    @Test
    void aTopicThatForgetsIsNotPublishedToUntilItIsCompacted() throws Exception {
        String topic = owner.topic().entry().topic();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin =
                        Admin.create(
                                Map.of(
                                        "bootstrap.servers",
                                        owner.servers.kafka().bootstrapServers()));
                Publishing publishing = owner.publishing()) {
            NewTopic forgetful = new NewTopic(topic, 3, (short) 1);
            admin.createTopics(List.of(forgetful)).all().get();
            publishing.start();
            Deadline.await(
                    "publishing says why it waits",
                    () -> publishing.status().phase().toString().contains("cleanup.policy=delete"));

            AlterConfigOp compact =
                    new AlterConfigOp(
                            new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(compact))).all().get();
            owner.write(publishing, owner.someAccount());
            Deadline.await("it is published", () -> publishing.status().published() == 1);
        }
    }

    @Test
    void registeredSchemasKeepTheirProperties() throws Exception {
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, owner.someAccount());
            Deadline.await("it is published", () -> publishing.status().published() == 1);
        }
        byte[] value =
                Topic.records(owner.servers, owner.topic().entry().topic()).getFirst().value();
        int id = java.nio.ByteBuffer.wrap(value).getInt(1);

        try (SchemaRegistryClient registry =
                SchemaRegistryClientFactory.newClient(
                        List.of(owner.servers.registry().url()),
                        10,
                        List.of(),
                        Map.of(),
                        Map.of())) {
            Schema schema = (Schema) registry.getSchemaById(id).rawSchema();
            assertThat(schema).isEqualTo(owner.account.schema());
            assertThat(schema.getObjectProp("entity.key")).isEqualTo("accountId");
            assertThat(schema.getField("parentAccountId").getProp("entity.references"))
                    .isEqualTo("contoso.crm.Account");
        }
    }

    private List<Long> offsets(GenericRecord heartbeat) {
        Map<?, ?> byTopic = (Map<?, ?>) heartbeat.get("nextOffsets");
        return byTopic.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(owner.topic().entry().topic()))
                .flatMap(entry -> ((List<?>) entry.getValue()).stream())
                .map(Long.class::cast)
                .toList();
    }
}
