package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.EpochDecision.Epoch;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ledger.Unpublished;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a heartbeat to the WAL at an interval while this process publishes and nothing from before
 * the epoch is missing; watches how much WAL the slot holds.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration WATCH = Duration.ofSeconds(10);

    private final Parts parts;
    private final PublishingStatus status;
    private final Clock clock;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("understudy-heartbeat").factory());

    /** What a heartbeat is made with. */
    record Parts(
            EntityStore store, SlotKeeper slots, Unpublished unpublished, WalMessageCodec codec) {}

    Heartbeat(Parts parts, PublishingStatus status, Clock clock) {
        this.parts = parts;
        this.status = status;
        this.clock = clock;
    }

    void start(Duration interval) {
        schedule(this::beat, interval);
        schedule(this::watch, WATCH);
    }

    private void beat() throws SQLException {
        if (!(status.phase() instanceof PublishingStatus.Phase.Connected(long epoch))) {
            return;
        }
        Epoch current = parts.slots().epoch();
        if (current.number() == epoch && !current.republishPending()) {
            // The time first: what had committed by then is before the heartbeat in the WAL.
            Instant time = clock.instant();
            List<String> late = parts.unpublished().types();
            byte[] message = parts.codec().encode(new WalMessage.Heartbeat(time, epoch, late));
            parts.store()
                    .write(transaction -> {
                        transaction.emit(WalMessage.PREFIX, message);
                        return true;
                    });
        }
    }

    private void watch() throws SQLException {
        status.retainedWalBytes(parts.slots().retainedWalBytes());
    }

    private void schedule(Task task, Duration interval) {
        ScheduledFuture<?> _ =
                executor.scheduleWithFixedDelay(
                        () -> {
                            try {
                                task.run();
                            } catch (SQLException | RuntimeException e) {
                                LOG.debug("No heartbeat this time", e);
                            }
                        },
                        interval.toMillis(),
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @FunctionalInterface
    private interface Task {
        void run() throws SQLException;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
