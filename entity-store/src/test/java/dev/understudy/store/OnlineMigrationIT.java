package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services of the old schema read and write while the table of 100,000 rows changes under them. */
@Timeout(240)
final class OnlineMigrationIT {
    private static final int ROWS = 100_000;

    /** A turn for a lock is half a second; the rest is for a busy machine. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private static final String LONG_STEPS =
            """
            SELECT l.mode || ': ' || a.query FROM pg_stat_activity a JOIN pg_locks l USING (pid)
            WHERE l.relation = 'shop.item'::regclass AND l.granted AND a.state = 'active'
                AND (a.query LIKE '%VALIDATE CONSTRAINT%' OR a.query LIKE 'CREATE INDEX CONC%')
            """;

    private final TestDatabase database = new TestDatabase();
    private final Shop first = Shop.of(Shop.FIRST);
    private final Shop second = Shop.of(Shop.SECOND);
    private final EntityStore store =
            new PostgresEntityStore(database.dataSource(), first.catalog(), "europe");
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong operations = new AtomicLong();
    private final Semaphore progress = new Semaphore(0);
    private final AtomicLong longestNanos = new AtomicLong();
    private final Set<String> longSteps = new TreeSet<>();

    @BeforeEach
    void fill() {
        StoreSchema.install(database.dataSource(), first.catalog());
        database.execute(
                """
                INSERT INTO shop.item (id, name, count, kind, peer, _state, _version, _changed_at)
                SELECT 'k' || n, 'n', n, 'A',
                    CASE n %% 10 WHEN 1 THEN 'm' || n ELSE 'k' || n END, 'h', 1, now()
                FROM generate_series(1, %d) n
                """
                        .formatted(ROWS));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void readersAndWritersGoOnThroughEveryStep() throws Exception {
        whileOthersWork(() -> StoreSchema.install(database.dataSource(), second.catalog()));

        assertThat(longSteps).allMatch(step -> !step.startsWith("AccessExclusiveLock"));
        assertThat(database.query("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"))
                .containsExactly("0");
        assertThat(database.query("SELECT _state FROM shop.item WHERE id = 'm1'"))
                .containsExactly("p");
    }

    @Test
    void longTransactionDelaysTheMigrationAndNobodyElse() throws Exception {
        whileOthersWork(() -> {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ExecutorService thread = Executors.newSingleThreadExecutor()) {
                connection.setAutoCommit(false);
                statement.execute("UPDATE shop.item SET count = 0 WHERE id = 'k1'");
                Future<?> migration =
                        thread.submit(
                                () -> StoreSchema.install(database.dataSource(), second.catalog()));
                progress.drainPermits();
                progress.acquire(300);
                assertThat(migration.isDone()).isFalse();
                connection.commit();
                migration.get();
            }
        });
    }

    /** What goes on beside the others. */
    private interface Work {
        void run() throws Exception;
    }

    private void whileOthersWork(Work work) throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> workers = new ArrayList<>();
            try {
                workers.add(threads.submit(() -> repeat(this::applyEvents)));
                workers.add(threads.submit(() -> repeat(this::applyEvents)));
                workers.add(threads.submit(() -> repeat(this::writeAsOwner)));
                workers.add(threads.submit(() -> repeat(this::read)));
                workers.add(threads.submit(this::watch));
                long before = operations.get();
                work.run();
                assertThat(operations.get()).isGreaterThan(before + 20);
            } finally {
                done.set(true);
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        System.out.printf(
                "%d operations, the longest %d ms; seen: %s%n",
                operations.get(), longestNanos.get() / 1_000_000, longSteps);
        assertThat(Duration.ofNanos(longestNanos.get())).isLessThan(LONGEST);
    }

    private void repeat(Runnable operation) {
        while (!done.get()) {
            long start = System.nanoTime();
            operation.run();
            longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            operations.incrementAndGet();
            progress.release();
        }
    }

    private void watch() {
        while (!done.get()) {
            longSteps.addAll(database.query(LONG_STEPS));
        }
    }

    private void applyEvents() {
        List<dev.understudy.schemas.event.ChangeEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            EntityContent content = first.item("k" + someRow(), "applied");
            content = Contoso.with(content, "peer", "k" + someRow());
            events.add(Shop.upserted(content, 2 + ThreadLocalRandom.current().nextInt(1000)));
        }
        assertThat(store.apply(events)).noneMatch(Outcome.Refused.class::isInstance);
    }

    private void writeAsOwner() {
        EntityId id = first.id("k" + someRow());
        store.write(transaction -> {
            EntityRow row = transaction.lock(id).orElseThrow();
            transaction.save(
                    new EntityRow(
                            Contoso.with(row.content(), "name", "written"),
                            RecordState.HYDRATED,
                            new Version(row.version().number() + 1),
                            Instant.EPOCH));
            return true;
        });
    }

    private void read() {
        assertThat(store.read(first.id("k" + someRow()))).isPresent();
        assertThat(
                        store.page(
                                first.type(),
                                Optional.of(new EntityKey.OfString("k" + someRow())),
                                10))
                .isNotNull();
    }

    /** Never the one that the long transaction holds. */
    private static int someRow() {
        return 2 + ThreadLocalRandom.current().nextInt(ROWS - 1);
    }
}
