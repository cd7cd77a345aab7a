package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.EpochDecision.Epoch;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.write.ChangePublication;
import dev.understudy.schemas.event.ChangeEventEncoder;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.RegistryConfiguration;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.system.simulation.Blocked;
import dev.understudy.system.simulation.Happening;
import dev.understudy.system.simulation.SimulatedCrash;
import dev.understudy.system.simulation.SimulatedDatabase;
import dev.understudy.system.simulation.SimulatedKafka;
import dev.understudy.system.simulation.World;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The publisher of one process of an owner, step by step. */
public final class SimulatedPublisher {
    private static final PublishingSettings SETTINGS =
            new PublishingSettings(
                    "us",
                    new PublishingSettings.Database("jdbc:none", "", ""),
                    new PublishingSettings.Kafka(
                            new KafkaConfiguration("none:1"),
                            new RegistryConfiguration("http://none")),
                    new PublishingSettings.Topics(SimulatedKafka.PARTITIONS, (short) 1),
                    PublishingSettings.Timing.DEFAULTS,
                    new PublishingSettings.Limits(3, 100_000, 1));

    private final World world;
    private final SimulatedDatabase database;
    private final SimulatedSlot slot;
    private final SimulatedKafka kafka;
    private final Republication republication;
    private final PublishingSession.Context context;
    private @Nullable SimulatedWal wal;
    private @Nullable PublishingSession session;
    private Optional<EntityId> republishedTo = Optional.empty();
    private long republishedEpoch;

    /** What all processes of all histories share. */
    public record Codecs(
            WalMessageCodec wal, ChangeEventEncoder encoder, HeartbeatRecords heartbeats) {
        /** Of an owner's types, with a registry that is made up. */
        public static Codecs of(Catalog catalog, Map<String, String> registry) {
            return new Codecs(
                    new WalMessageCodec(
                            WalSchemas.of(
                                    catalog.ownedBy("us").stream()
                                            .map(CatalogEntry::type)
                                            .toList())),
                    new ChangeEventEncoder(registry),
                    new HeartbeatRecords("us", new MockSchemaRegistryClient(), registry));
        }

        /** Publication through the WAL, once there is a slot. */
        public ChangePublication publication() {
            PublishingStatus status = new PublishingStatus();
            status.accept();
            return new WalChangePublication(wal, status);
        }
    }

    public SimulatedPublisher(
            World world,
            SimulatedDatabase database,
            SimulatedSlot slot,
            SimulatedKafka kafka,
            Codecs codecs) {
        this.world = world;
        this.database = database;
        this.slot = slot;
        this.kafka = kafka;
        this.republication = new Republication(database, codecs.publication());
        this.context =
                new PublishingSession.Context(
                        "us",
                        codecs.wal(),
                        codecs.encoder(),
                        codecs.heartbeats(),
                        (_, _) -> {},
                        new Time(world));
    }

    /** Does a little; whatever goes wrong, the next step begins again. */
    public void step() {
        try {
            if (session == null) {
                open();
            } else if (slot.epoch().republishPending() && world.oneIn(3)) {
                republish(slot.epoch());
            } else {
                session.step();
            }
        } catch (SimulatedCrash _) {
            crash();
        } catch (Blocked _) {
            // It waits for the lock.
        } catch (SQLException | InterruptedException | RuntimeException _) {
            close();
        }
    }

    /** Asks for a row to be published once more, as a snapshot, a batch or an answer does. */
    public void republish(EntityId id) {
        var _ = republication.publish(List.of(id));
        world.note(Happening.REPUBLISHED);
    }

    private void open() throws SQLException, InterruptedException {
        slot.prepare();
        Optional<SimulatedWal> opened = slot.open();
        if (opened.isEmpty()) {
            return;
        }
        SimulatedWal stream = opened.get();
        wal = stream;
        Epoch epoch = slot.epoch();
        KafkaTransactions transactions =
                KafkaTransactions.open(SETTINGS, new Cluster(kafka), () -> requireHeld(stream));
        session =
                new PublishingSession(
                        context, epoch.number(), stream, transactions, new Batch(SETTINGS.batch()));
    }

    private void requireHeld(SimulatedWal stream) throws SQLException {
        if (!slot.isHeldBy(stream)) {
            throw new SQLException("the replication slot was lost while Kafka was opened");
        }
    }

    private void republish(Epoch epoch) {
        if (republishedEpoch != epoch.number()) {
            republishedEpoch = epoch.number();
            republishedTo = Optional.empty();
        }
        Optional<EntityId> next =
                database.rows().stream()
                        .map(EntityRow::id)
                        .filter(id ->
                                republishedTo.isEmpty() || id.compareTo(republishedTo.get()) > 0)
                        .findFirst();
        if (next.isEmpty()) {
            slot.republished(epoch.number());
        } else {
            republish(next.get());
            republishedTo = next;
        }
    }

    private void close() {
        try {
            if (session != null) {
                session.close();
            } else if (wal != null) {
                wal.close();
            }
        } catch (SimulatedCrash _) {
            crash();
        }
        session = null;
        wal = null;
    }

    /** The process ends, and another one begins in its place. */
    public void crash() {
        world.note(Happening.PUBLISHER_CRASHED);
        if (wal != null) {
            wal.crash();
        }
        session = null;
        wal = null;
        republishedEpoch = 0;
    }

    private record Time(World world) implements PublishingSession.Time {
        @Override
        public long nanos() {
            return world.nanoTime();
        }

        @Override
        public void rest(long nanos) {}
    }

    private record Cluster(SimulatedKafka kafka) implements KafkaTransactions.Cluster {
        @Override
        public Producer<byte[], byte[]> producer(Map<String, Object> configuration) {
            return kafka.producer(configuration);
        }

        @Override
        public Map<TopicPartition, Long> ends() {
            return kafka.ends();
        }
    }
}
