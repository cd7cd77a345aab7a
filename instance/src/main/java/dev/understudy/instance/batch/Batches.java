package dev.understudy.instance.batch;

import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.work.Loop;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.ledger.Unpublished;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what has changed of scheduled types when their time has come, under the rows' locks and
 * through the WAL. What is left to do stands in the database, so that a batch goes on after a
 * crash; one that was missed is made up for. What is noted of a type without a schedule is
 * published at once: it had one before.
 */
public final class Batches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final int PAGE = 100;
    private static final Duration TICK = Duration.ofMillis(500);

    private final Schedules schedules;
    private final Collection<EntityType> owned;
    private final Parts parts;
    private final Clock clock;
    private final BatchLog log;
    private volatile BooleanSupplier publishing = () -> false;
    private final Loop loop = new Loop("batches", this::run);

    /** What a batch works with. */
    public record Parts(
            DataSource dataSource, Unpublished unpublished, Republication republication) {}

    public Batches(Schedules schedules, Collection<EntityType> owned, Parts parts, Clock clock) {
        this.schedules = schedules;
        this.owned = List.copyOf(owned);
        this.parts = parts;
        this.clock = clock;
        this.log = new BatchLog(parts.dataSource());
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
    public void start(BooleanSupplier publishing) {
        this.publishing = publishing;
        loop.start();
    }

    private void run(Loop running) throws InterruptedException {
        running.await(TICK);
        if (running.isRunning() && publishing.getAsBoolean()) {
            runDue();
            running.succeeded();
        }
    }

    private void runDue() {
        Instant now = clock.instant();
        for (EntityType type : due(now)) {
            long rows = publish(type, now);
            if (!loop.isRunning()) {
                return;
            }
            if (schedules.types().contains(type.fullName())) {
                log.note(type.fullName(), now);
                LOG.info("The batch of {} is published: {} rows", type, rows);
            }
        }
    }

    private List<EntityType> due(Instant now) {
        List<String> waiting = parts.unpublished().types();
        return owned.stream()
                .filter(type ->
                        schedules.types().contains(type.fullName())
                                ? isDue(type.fullName(), now)
                                : waiting.contains(type.fullName()))
                .toList();
    }

    /** The first batch of a type is the next one from now. */
    private boolean isDue(String type, Instant now) {
        Optional<Instant> last = log.last(type);
        if (last.isEmpty()) {
            log.note(type, now);
        }
        return last.flatMap(time -> schedules.next(type, time))
                .filter(time -> !time.isAfter(now))
                .isPresent();
    }

    private long publish(EntityType type, Instant upTo) {
        long rows = 0;
        List<EntityId> page = parts.unpublished().page(type, upTo, Optional.empty(), PAGE);
        while (!page.isEmpty() && loop.isRunning() && publishing.getAsBoolean()) {
            rows += parts.republication().publish(page).size();
            Optional<EntityKey> last = Optional.of(page.getLast().key());
            page = parts.unpublished().page(type, upTo, last, PAGE);
        }
        if (!page.isEmpty() && loop.isRunning()) {
            throw new IllegalStateException("this process does not publish any more");
        }
        return rows;
    }

    /** Ends after the page at hand; whoever publishes next goes on. */
    @Override
    public void close() {
        loop.close();
    }
}
