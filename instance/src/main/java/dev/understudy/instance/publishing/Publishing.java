package dev.understudy.instance.publishing;

import dev.understudy.instance.batch.Batches;
import dev.understudy.instance.publishing.PublishingStatus.Phase;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.snapshot.Snapshots;
import dev.understudy.instance.write.ChangePublication;
import dev.understudy.schemas.event.ChangeEventEncoder;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.FailedStart;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ledger.Unpublished;
import dev.understudy.store.postgres.StoredKeys;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of an owner's publishing: what a write path calls, and the threads that bring it to Kafka.
 * Starts whatever is away, and takes no write before its replication slot exists.
 */
public final class Publishing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int CACHED_SCHEMAS = 1000;

    private final PublishingStatus status = new PublishingStatus();
    private final Duration heartbeatInterval;
    private final ChangePublication publication;
    private final ChangeEventEncoder encoder;
    private final HeartbeatRecords heartbeats;
    private final SchemaRegistryClient registry;
    private final Republication republication;
    private final Snapshots snapshots;
    private final Batches batches;
    private final SlotKeeper slots;
    private final Heartbeat heartbeat;
    private final Publisher publisher;

    /** The owner's database. */
    public record Storage(DataSource dataSource, EntityStore store, StoredKeys keys) {}

    /** Time, chance, where to count, and what is done if it cannot start. */
    public record Environment(
            Clock clock, RandomGenerator random, MeterRegistry meters, FailedStart failedStart) {}

    public Publishing(
            PublishingSettings settings,
            Catalog catalog,
            Storage storage,
            Environment environment) {
        String owner = settings.instance();
        Clock clock = environment.clock();
        List<EntityType> types = catalog.ownedBy(owner).stream().map(CatalogEntry::type).toList();
        heartbeatInterval = settings.timing().heartbeat();
        WalSchemas schemas = WalSchemas.in(storage.dataSource());
        WalMessageCodec codec = new WalMessageCodec(schemas);
        ScheduledPublication scheduled =
                new ScheduledPublication(
                        new WalChangePublication(codec, status),
                        settings.timing().schedules().types());
        publication = scheduled.ofWrites();
        Unpublished unpublished = new Unpublished(storage.dataSource(), catalog);
        SlotSql sql = SlotSql.of(owner);
        slots =
                new SlotKeeper(
                        storage.dataSource(), sql, schemas, types, () -> hasRows(storage, types));
        republication = new Republication(storage.store(), scheduled.now());
        batches =
                new Batches(
                        settings.timing().schedules(),
                        types,
                        new Batches.Parts(storage.dataSource(), unpublished, republication),
                        clock);
        snapshots =
                new Snapshots(
                        storage.dataSource(),
                        new Snapshots.Rows(storage.keys(), republication),
                        types,
                        settings.batch().snapshotRowsPerSecond());
        heartbeat =
                new Heartbeat(
                        new Heartbeat.Parts(storage.store(), slots, unpublished, codec),
                        status,
                        clock);
        Map<String, String> client = registryClient(settings);
        // One client: what was registered at the start needs no registry later.
        registry =
                SchemaRegistryClientFactory.newClient(
                        List.of(settings.kafka().registry().url()),
                        CACHED_SCHEMAS,
                        List.of(),
                        client,
                        Map.of());
        encoder = new ChangeEventEncoder(registry, client);
        heartbeats = new HeartbeatRecords(owner, registry, client);
        publisher =
                new Publisher(
                        settings,
                        new Publisher.Parts(
                                slots,
                                sql.slot(),
                                new TopicSetup(owner, types, settings.topics()),
                                registry,
                                snapshots,
                                batches,
                                status),
                        new PublishingSession.Context(
                                owner,
                                codec,
                                encoder,
                                heartbeats,
                                new PublishingMetrics(
                                        status,
                                        new PublishingMetrics.Again(snapshots, republication),
                                        clock,
                                        environment.meters()),
                                PublishingSession.Time.REAL),
                        new Backoff(
                                FIRST_PAUSE, settings.timing().maxPause(), environment.random()),
                        new Outage(owner, clock),
                        environment.failedStart());
    }

    /** What the write path calls. */
    public ChangePublication publication() {
        return publication;
    }

    public PublishingStatus status() {
        return status;
    }

    /** All rows of types, once more. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** Rows that somebody asks for, once more. */
    public Republication republication() {
        return republication;
    }

    /** Starts the threads; returns at once. */
    public void start() {
        publisher.start();
        BooleanSupplier publishing = () -> status.phase() instanceof Phase.Connected;
        snapshots.start(publishing, slots::republished);
        batches.start(publishing);
        heartbeat.start(heartbeatInterval);
    }

    @Override
    public void close() {
        heartbeat.close();
        try {
            batches.close();
            snapshots.close();
            publisher.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        encoder.close();
        heartbeats.close();
        try {
            registry.close();
        } catch (IOException e) {
            LOG.debug("The registry's client was not closed", e);
        }
    }

    private static boolean hasRows(Storage storage, List<EntityType> types) {
        return types.stream()
                .anyMatch(type -> !storage.keys().page(type, Optional.empty(), 1).isEmpty());
    }

    private static Map<String, String> registryClient(PublishingSettings settings) {
        Map<String, String> client = new HashMap<>(settings.kafka().registry().client());
        client.put("http.connect.timeout.ms", "5000");
        client.put("http.read.timeout.ms", "10000");
        return client;
    }
}
