package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.understudy.instance.publishing.PublishingStatus.Phase;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.event.ChangeEventEncoder;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.EntityId;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes of one owner. */
@Timeout(120)
final class TakeoverIT {
    private final Owner owner = new Owner(Servers.shared());

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void secondPublisherWaitsAndTakesOver() throws Exception {
        EntityId id = owner.someAccount();
        Publishing first = owner.started();
        Deadline.await("the first publishes", () -> isConnected(first));
        try (Publishing second = owner.started()) {
            Deadline.await(
                    "the second waits", () -> second.status().phase() instanceof Phase.Standby);
            owner.write(second, id);
            Deadline.await("the first publishes", () -> first.status().published() == 1);
            assertThat(second.status().published()).isZero();

            first.close();
            owner.write(second, id);

            Deadline.await("the second publishes", () -> second.status().published() == 1);
            assertThat(owner.topic().events()).hasSize(2);
            assertThat(owner.topic().last()).containsEntry(id.key(), new Version(2));
        }
    }

    @Test
    void frozenPublisherLosesTheSlotAndIsFenced() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing process = owner.started()) {
            Deadline.await("it publishes", () -> isConnected(process));
        }
        try (ChangeEventEncoder encoder = encoder();
                Publishing writer = owner.publishing()) {
            PublishingSession frozen = session(encoder, stream());
            writer.status().accept();
            owner.write(writer, id);
            Deadline.await("it has sent the change", () -> hasSent(frozen));
            // Now it does not move, until the server gives up on it.
            try (Publishing next = owner.started()) {
                owner.write(next, id);
                Deadline.await("the next publishes both", () -> next.status().published() == 2);

                assertThat(catchThrowable(frozen::commit))
                        .isInstanceOfAny(
                                ProducerFencedException.class, InvalidProducerEpochException.class);
                frozen.close();
                owner.write(next, id);
                Deadline.await("the next goes on", () -> next.status().published() == 3);
            }
        }
        assertThat(owner.topic().events().stream().map(found -> found.event().version().number()))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void publisherThatLostTheSlotBeforeFencingGivesUp() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing process = owner.started()) {
            Deadline.await("it publishes", () -> isConnected(process));
        }
        try (ChangeEventEncoder encoder = encoder();
                Publishing writer = owner.publishing();
                WalStream late = stream()) {
            writer.status().accept();
            owner.write(writer, id);
            owner.query(
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                            + " WHERE slot_name = '%s'".formatted(owner.slot()));
            try (Publishing next = owner.started()) {
                owner.write(next, id);
                Deadline.await("the next publishes both", () -> next.status().published() == 2);

                assertThat(catchThrowable(() -> session(encoder, late)))
                        .isInstanceOf(UnderstudyException.class)
                        .hasMessageContaining("was lost while Kafka was opened");
                owner.write(next, id);
                Deadline.await("the next goes on", () -> next.status().published() >= 3);
            }
        }
        assertThat(owner.topic().last()).containsEntry(id.key(), new Version(3));
    }

    private WalStream stream() throws SQLException {
        return WalStream.open(
                        owner.settings.database(), owner.slot(), owner.settings.timing().takeover())
                .orElseThrow();
    }

    private ChangeEventEncoder encoder() {
        return new ChangeEventEncoder(
                Map.of("schema.registry.url", owner.servers.registry().url()));
    }

    private PublishingSession session(ChangeEventEncoder encoder, WalStream stream)
            throws Exception {
        WalMessageCodec codec = new WalMessageCodec(WalSchemas.in(owner.pool));
        PublishingSession.Context context =
                new PublishingSession.Context(
                        owner.name,
                        codec,
                        encoder,
                        new HeartbeatRecords(
                                owner.name,
                                new MockSchemaRegistryClient(),
                                Map.of("schema.registry.url", owner.servers.registry().url())),
                        (_, _) -> {},
                        PublishingSession.Time.REAL);
        TopicSetup topics =
                new TopicSetup(owner.name, owner.catalog.types(), owner.settings.topics());
        SlotKeeper slots =
                new SlotKeeper(
                        owner.pool,
                        SlotSql.of(owner.name),
                        WalSchemas.in(owner.pool),
                        owner.catalog.types(),
                        () -> false);
        try (Admin admin = KafkaTransactions.admin(owner.settings.kafka())) {
            return new PublishingSession(
                    context,
                    1,
                    stream,
                    KafkaTransactions.open(
                            owner.settings,
                            new KafkaTransactions.Connected(topics, admin),
                            () -> slots.requireHeld(stream)),
                    new Batch(owner.settings.batch()));
        }
    }

    /** Reads on, without a commit. */
    private static boolean hasSent(PublishingSession session) throws SQLException {
        session.read();
        return session.isCommitDue();
    }

    private static boolean isConnected(Publishing publishing) {
        return publishing.status().phase() instanceof Phase.Connected;
    }
}
