package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.EpochDecision.Epoch;
import dev.understudy.instance.write.ChangePublication;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes every owned row again at its version, deletion markers too, when an epoch begins that
 * may lack changes: through the WAL and under the row's lock, like any write.
 */
final class Republisher {
    private static final Logger LOG = LoggerFactory.getLogger(Republisher.class);
    private static final int PAGE = 100;
    private static final int PAGES_BETWEEN_LOGS = 100;
    private static final Duration STOP_BOUND = Duration.ofSeconds(5);

    private final EntityStore store;
    private final OwnedKeys keys;
    private final ChangePublication publication;
    private final SlotKeeper slots;
    private final Collection<EntityType> types;
    private final Duration pause;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile long wanted;
    private @Nullable Thread thread;

    /**
     * @param pause between two attempts at what fails
     */
    Republisher(
            EntityStore store,
            OwnedKeys keys,
            ChangePublication publication,
            SlotKeeper slots,
            Collection<EntityType> types,
            Duration pause) {
        this.store = store;
        this.keys = keys;
        this.publication = publication;
        this.slots = slots;
        this.types = List.copyOf(types);
        this.pause = pause;
    }

    /**
     * Starts a pass on a thread of its own, for an epoch whose slot is there; goes on with one that
     * runs for it, and ends one for an older epoch, whose rows may precede the slot.
     */
    synchronized void start(long epoch) {
        if (epoch == wanted && thread != null && thread.isAlive()) {
            return;
        }
        wanted = epoch;
        thread =
                Thread.ofPlatform().daemon().name("understudy-republisher").start(() -> run(epoch));
    }

    private void run(long epoch) {
        try {
            boolean done = false;
            while (!done && !isOver(epoch)) {
                try {
                    republish(epoch);
                    done = true;
                } catch (SQLException | RuntimeException e) {
                    LOG.warn("Publishing all rows again fails, retrying: {}", e.toString());
                    stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once through all rows, unless another epoch has begun or it is done. */
    private void republish(long epoch) throws SQLException {
        Epoch current = slots.epoch();
        if (current.number() != epoch || !current.republishPending()) {
            return;
        }
        for (EntityType type : types) {
            long rows = republish(epoch, type);
            if (isOver(epoch)) {
                return;
            }
            LOG.info("{} rows of {} were published again", rows, type);
        }
        slots.republished(epoch);
    }

    private long republish(long epoch, EntityType type) {
        long rows = 0;
        List<EntityKey> page = keys.page(type, Optional.empty(), PAGE);
        for (int pages = 1; !page.isEmpty() && !isOver(epoch); pages++) {
            rows += emit(type, page);
            if (pages % PAGES_BETWEEN_LOGS == 0) {
                LOG.info("{} rows of {} are published again, more to come", rows, type);
            }
            page = keys.page(type, Optional.of(page.getLast()), PAGE);
        }
        return rows;
    }

    private int emit(EntityType type, List<EntityKey> page) {
        // In the order in which every writer takes locks, which may not be the database's.
        List<EntityId> ids = page.stream().map(key -> new EntityId(type, key)).sorted().toList();
        return store.write(transaction -> {
            int rows = 0;
            for (EntityId id : ids) {
                rows += emit(transaction, id);
            }
            return rows;
        });
    }

    private int emit(StoreTransaction transaction, EntityId id) {
        Optional<EntityRow> row =
                transaction.lock(id).filter(found -> found.state() != RecordState.PLACEHOLDER);
        row.ifPresent(found ->
                publication.publish(transaction, found, found.content(), Optional.empty()));
        return row.isPresent() ? 1 : 0;
    }

    private boolean isOver(long epoch) {
        return wanted != epoch || stopped.getCount() == 0;
    }

    /** Stops after the page at hand; the next process begins anew. */
    synchronized void stop() throws InterruptedException {
        stopped.countDown();
        if (thread != null) {
            thread.join(STOP_BOUND);
        }
    }
}
