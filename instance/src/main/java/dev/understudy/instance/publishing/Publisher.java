package dev.understudy.instance.publishing;

import dev.understudy.instance.batch.Batches;
import dev.understudy.instance.publishing.EpochDecision.Epoch;
import dev.understudy.instance.publishing.PublishingStatus.Phase;
import dev.understudy.instance.snapshot.Snapshots;
import dev.understudy.service.FailedStart;
import dev.understudy.service.StartException;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes an owner's committed changes, in commit order and at least once, on a thread of its own
 * until it is stopped. Of several processes of one owner one publishes and the others wait.
 * Whatever is away, it comes back to by itself.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration STOP_BOUND = Duration.ofSeconds(15);
    private static final Duration STANDBY_PAUSE = Duration.ofMillis(250);

    private final PublishingSettings settings;
    private final Parts parts;
    private final PublishingSession.Context context;
    private final Backoff backoff;
    private final Outage outage;
    private final FailedStart failedStart;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** What a publisher works with. */
    record Parts(
            SlotKeeper slots,
            String slot,
            TopicSetup topics,
            SchemaRegistryClient registry,
            Snapshots snapshots,
            Batches batches,
            PublishingStatus status) {}

    Publisher(
            PublishingSettings settings,
            Parts parts,
            PublishingSession.Context context,
            Backoff backoff,
            Outage outage,
            FailedStart failedStart) {
        this.settings = settings;
        this.parts = parts;
        this.backoff = backoff;
        this.outage = outage;
        this.failedStart = failedStart;
        this.context = context.andThen(this::recovered);
    }

    synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("understudy-publisher").start(this::run);
        }
    }

    private void run() {
        try {
            while (!isStopped()) {
                try {
                    publish();
                } catch (StartException e) {
                    failedStart.end(e);
                    return;
                } catch (SQLException | RuntimeException | Error e) {
                    // An Error, too: a publisher that ended in silence would pin the WAL for ever.
                    if (!isStopped()) {
                        parts.status().phase(new Phase.Away(outage.failed(e), e.toString()));
                        await(backoff.next());
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish() throws SQLException, InterruptedException {
        if (parts.slots().prepare()) {
            parts.status().restored();
        }
        parts.snapshots().prepare();
        parts.batches().prepare();
        parts.topics().requireCompatible(parts.registry());
        // An older process tells what newer ones have added once it is known to be publishable.
        parts.slots().saveSchemas();
        parts.status().accept();
        try (Admin admin = KafkaTransactions.admin(settings.kafka())) {
            parts.topics().createTopics(admin);
            parts.topics().registerSchemas(parts.registry());
        }
        WalStream stream = acquire();
        if (stream == null) {
            return;
        }
        try (PublishingSession session = session(stream)) {
            while (!isStopped()) {
                session.step();
            }
        }
    }

    /** Waits until no other process streams from the slot. */
    private @Nullable WalStream acquire() throws SQLException, InterruptedException {
        while (!isStopped()) {
            Optional<WalStream> stream =
                    WalStream.open(settings.database(), parts.slot(), settings.timing().takeover());
            if (stream.isPresent()) {
                return stream.get();
            }
            if (!(parts.status().phase() instanceof Phase.Standby)) {
                LOG.info("Another process publishes {}, waiting for it", settings.instance());
                parts.status().phase(new Phase.Standby());
            }
            await(STANDBY_PAUSE);
        }
        return null;
    }

    private PublishingSession session(WalStream stream) throws SQLException, InterruptedException {
        try (Admin admin = KafkaTransactions.admin(settings.kafka())) {
            Epoch epoch = parts.slots().epoch();
            KafkaTransactions kafka =
                    KafkaTransactions.open(
                            settings,
                            new KafkaTransactions.Connected(parts.topics(), admin),
                            () -> parts.slots().requireHeld(stream));
            parts.status().phase(new Phase.Connected(epoch.number()));
            LOG.debug("Publishing {} in epoch {}", settings.instance(), epoch.number());
            if (epoch.republishPending()) {
                parts.snapshots().requireForEpoch(epoch.number());
            }
            return new PublishingSession(
                    context, epoch.number(), stream, kafka, new Batch(settings.batch()));
        } catch (SQLException | RuntimeException | InterruptedException e) {
            stream.close();
            throw e;
        }
    }

    private void recovered() {
        outage.over();
        backoff.reset();
    }

    private void await(Duration pause) throws InterruptedException {
        stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Finishes what it is at, within a bound, and gives the slot back. */
    synchronized void stop() throws InterruptedException {
        stopped.countDown();
        if (thread != null && !thread.join(STOP_BOUND)) {
            thread.interrupt();
        }
    }
}
