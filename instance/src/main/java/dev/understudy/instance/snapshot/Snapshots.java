package dev.understudy.instance.snapshot;

import dev.understudy.instance.snapshot.Snapshot.Place;
import dev.understudy.instance.snapshot.Snapshot.State;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.postgres.StoredKeys;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes all rows of types again, page by page and no faster than is wanted: what somebody asked
 * for, and what an epoch makes good for. How far each is stands in the database, so that whichever
 * process publishes goes on with it. Rests while nothing is published, so as not to fill the WAL.
 */
public final class Snapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final int PAGE = 100;
    private static final int PAGES_BETWEEN_LOGS = 100;
    private static final Duration REST = Duration.ofMillis(200);
    private static final Duration STOP_BOUND = Duration.ofSeconds(5);

    private final SnapshotLog log;
    private final Rows rows;
    private final Map<String, EntityType> types = new LinkedHashMap<>();
    private final Pace pace;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile BooleanSupplier publishing = () -> false;
    private volatile EpochDone epochDone = _ -> {};
    private volatile Optional<Snapshot> current = Optional.empty();
    private @Nullable Thread thread;

    /** The rows of the owner's database, and how they are published. */
    public record Rows(StoredKeys keys, Republication republication) {}

    /**
     * How fast.
     *
     * @param rowsPerSecond of a snapshot that does not say it
     * @param afterFailure pause
     */
    public record Pace(int rowsPerSecond, Duration afterFailure) {}

    /** Told when all rows were published for an epoch. */
    @FunctionalInterface
    public interface EpochDone {
        void done(long epoch);
    }

    public Snapshots(DataSource dataSource, Rows rows, Collection<EntityType> owned, Pace pace) {
        this.log = new SnapshotLog(dataSource);
        this.rows = rows;
        this.pace = pace;
        owned.forEach(type -> types.put(type.fullName(), type));
    }

    /** Makes its table; before anything else but the constructor. */
    public void prepare() {
        log.create();
    }

    /**
     * Begins.
     *
     * @param publishing whether this process publishes now
     */
    public synchronized void start(BooleanSupplier publishing, EpochDone epochDone) {
        this.publishing = publishing;
        this.epochDone = epochDone;
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("understudy-snapshots").start(this::run);
        }
    }

    /** Asks for one of these types; empty if too many run or wait. */
    Optional<Snapshot> request(List<String> wanted, OptionalInt rowsPerSecond) {
        return log.request(wanted, rowsPerSecond.orElse(pace.rowsPerSecond()), total(wanted));
    }

    /** All types, because changes of before this epoch may be missing in Kafka. Idempotent. */
    public void requireForEpoch(long epoch) {
        List<String> all = List.copyOf(types.keySet());
        log.requireForEpoch(epoch, all, pace.rowsPerSecond(), total(all));
    }

    /** The one that this process is at. */
    public Optional<Snapshot> current() {
        return current;
    }

    SnapshotLog log() {
        return log;
    }

    private long total(List<String> wanted) {
        return wanted.stream()
                .map(types::get)
                .filter(type -> type != null)
                .mapToLong(rows.keys()::count)
                .sum();
    }

    private void run() {
        try {
            while (!isStopped()) {
                try {
                    if (!publishing.getAsBoolean() || !step()) {
                        current = Optional.empty();
                        await(REST);
                    }
                } catch (RuntimeException e) {
                    LOG.warn("Publishing rows again fails, retrying: {}", e.toString());
                    await(pace.afterFailure());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** One page of what is to be done; false if there is nothing. */
    private boolean step() throws InterruptedException {
        current = log.next();
        if (current.isEmpty()) {
            return false;
        }
        Snapshot snapshot = current.get();
        int at = snapshot.place().type();
        if (at == snapshot.types().size()) {
            finish(snapshot);
            return true;
        }
        long begunNs = System.nanoTime();
        EntityType type = types.get(snapshot.types().get(at));
        List<EntityKey> page = type == null ? List.of() : page(type, snapshot.place());
        if (type == null || page.isEmpty()) {
            var _ = log.advance(snapshot, new Place(at + 1, Optional.empty()), 0);
            return true;
        }
        int published =
                rows.republication()
                        .publish(page.stream().map(key -> new EntityId(type, key)).toList())
                        .size();
        Place next = new Place(at, Optional.of(page.getLast().text()));
        if (log.advance(snapshot, next, published)) {
            tell(snapshot, type);
        }
        hold(snapshot, page.size(), begunNs);
        return true;
    }

    private List<EntityKey> page(EntityType type, Place place) {
        return rows.keys().page(type, place.after().map(type.keyType()::parse), PAGE);
    }

    private void finish(Snapshot snapshot) {
        // First the epoch: if the process ends here, it is only noted once more.
        snapshot.epoch().ifPresent(epoch -> epochDone.done(epoch));
        if (log.end(snapshot.id(), State.DONE)) {
            LOG.info(
                    "Snapshot {} of {} is done: {} rows",
                    snapshot.id(),
                    snapshot.types(),
                    snapshot.progress().rows());
        }
    }

    private static void tell(Snapshot snapshot, EntityType type) {
        long rows = snapshot.progress().rows();
        if (rows / PAGE % PAGES_BETWEEN_LOGS == 0) {
            LOG.info("Snapshot {} is at {}: {}", snapshot.id(), type, snapshot.words());
        }
    }

    private void hold(Snapshot snapshot, int published, long begunNs) throws InterruptedException {
        long dueNs = Duration.ofSeconds(1).toNanos() * published / snapshot.rowsPerSecond();
        long leftNs = dueNs - (System.nanoTime() - begunNs);
        if (leftNs > 0) {
            await(Duration.ofNanos(leftNs));
        }
    }

    private void await(Duration time) throws InterruptedException {
        var _ = stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Ends after the page at hand; whoever publishes next goes on. */
    @Override
    public synchronized void close() {
        stopped.countDown();
        try {
            if (thread != null && !thread.join(STOP_BOUND)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
