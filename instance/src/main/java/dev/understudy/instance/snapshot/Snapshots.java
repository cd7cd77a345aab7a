package dev.understudy.instance.snapshot;

import dev.understudy.instance.snapshot.Snapshot.Place;
import dev.understudy.instance.snapshot.Snapshot.State;
import dev.understudy.instance.work.Loop;
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
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
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

    private final SnapshotLog log;
    private final Rows rows;
    private final Map<String, EntityType> types = new LinkedHashMap<>();
    private final int rowsPerSecond;
    private volatile BooleanSupplier publishing = () -> false;
    private volatile EpochDone epochDone = _ -> {};
    private volatile Optional<Snapshot> current = Optional.empty();
    private long awaitingOther;
    private final Loop loop = new Loop("snapshots", this::run);

    /** The rows of the owner's database, and how they are published. */
    public record Rows(StoredKeys keys, Republication republication) {}

    /** Told when all rows were published for an epoch. */
    @FunctionalInterface
    public interface EpochDone {
        void done(long epoch);
    }

    /**
     * Of an owner.
     *
     * @param rowsPerSecond of a snapshot that does not say it
     */
    public Snapshots(
            DataSource dataSource, Rows rows, Collection<EntityType> owned, int rowsPerSecond) {
        this.log = new SnapshotLog(dataSource);
        this.rows = rows;
        this.rowsPerSecond = rowsPerSecond;
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
    public void start(BooleanSupplier publishing, EpochDone epochDone) {
        this.publishing = publishing;
        this.epochDone = epochDone;
        loop.start();
    }

    /** Asks for one of these types; empty if too many run or wait. */
    Optional<Snapshot> request(List<String> wanted, OptionalInt perSecond) {
        return log.request(wanted, perSecond.orElse(rowsPerSecond), total(wanted));
    }

    /** All types, because changes of before this epoch may be missing in Kafka. Idempotent. */
    public void requireForEpoch(long epoch) {
        List<String> all = List.copyOf(types.keySet());
        log.requireForEpoch(epoch, all, rowsPerSecond, total(all));
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

    private void run(Loop running) throws InterruptedException {
        if (!publishing.getAsBoolean() || !step(running)) {
            current = Optional.empty();
            running.await(REST);
        }
        running.succeeded();
    }

    /** It would miss rows if it went on: a process that knows the type has to, or it is ended. */
    private void awaitOther(Loop running, Snapshot snapshot) throws InterruptedException {
        if (awaitingOther != snapshot.id()) {
            awaitingOther = snapshot.id();
            LOG.error(
                    "Snapshot {} waits for a process that owns {}: start one, or cancel it",
                    snapshot.id(),
                    snapshot.types().get(snapshot.place().type()));
        }
        running.await(REST);
    }

    /** One page of what is to be done; false if there is nothing. */
    private boolean step(Loop running) throws InterruptedException {
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
        if (type == null) {
            awaitOther(running, snapshot);
            return true;
        }
        List<EntityKey> page = page(type, snapshot.place());
        if (page.isEmpty()) {
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
        hold(running, snapshot, page.size(), begunNs);
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

    private static void hold(Loop running, Snapshot snapshot, int published, long begunNs)
            throws InterruptedException {
        long dueNs = Duration.ofSeconds(1).toNanos() * published / snapshot.rowsPerSecond();
        long leftNs = dueNs - (System.nanoTime() - begunNs);
        if (leftNs > 0) {
            running.await(Duration.ofNanos(leftNs));
        }
    }

    /** Ends after the page at hand; whoever publishes next goes on. */
    @Override
    public void close() {
        loop.close();
    }
}
