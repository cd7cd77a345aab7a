package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.contact;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.with;
import static dev.understudy.store.Contoso.withAccount;
import static dev.understudy.store.Contoso.withParent;
import static dev.understudy.store.Contoso.withPrimaryContact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A minute of everything that can cross: batches that overlap and refer to each other in cycles,
 * alternate keys that wander, writers that refer by ID and by alternate key. Nobody fails.
 */
@Seeded
@Timeout(180)
final class DeadlockIT {
    private static final Logger LOG = LoggerFactory.getLogger(DeadlockIT.class);
    private static final Duration LENGTH =
            Duration.ofSeconds(Integer.getInteger("test.deadlockSeconds", 60));
    private static final int APPLIERS = 5;
    private static final int WRITERS = 2;
    private static final int NUMBERS = 10;

    private final List<EntityId> accounts =
            Stream.generate(Contoso::someAccount).limit(20).toList();
    private final List<EntityId> contacts =
            Stream.generate(Contoso::someContact).limit(20).toList();
    private final AtomicLong lsn = new AtomicLong(1000);
    private TestDatabase database;
    private SqlStates failures;
    private PostgresEntityStore store;

    @BeforeEach
    void install() {
        database = TestDatabase.withContoso();
        failures = new SqlStates(database.dataSource());
        store = new PostgresEntityStore(failures.dataSource(), Contoso.CATALOG, "europe");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void overlappingCyclicBatchesAllGoIn(long seed) throws Exception {
        long end = System.nanoTime() + LENGTH.toNanos();
        List<Callable<Long>> work = new ArrayList<>();
        for (int thread = 0; thread < APPLIERS; thread++) {
            Random random = new Random(seed + thread);
            work.add(() -> untilRaced(end, () -> store.apply(batch(random))));
        }
        for (int thread = 0; thread < WRITERS; thread++) {
            Random random = new Random(seed + APPLIERS + thread);
            work.add(() -> untilRaced(end, () -> write(random)));
        }
        long batches = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Long> each : threads.invokeAll(work)) {
                batches += each.get();
            }
        }
        long deadlocks = failures.count(SqlStates.DEADLOCK);
        long taken = failures.count(SqlStates.UNIQUE_VIOLATION);
        LOG.info(
                "{} batches and writes, all done; {} deadlocks and {} alternate keys that were taken,"
                        + " {} transactions run again",
                batches,
                deadlocks,
                taken,
                store.lostRaces());
        assertThat(batches).isGreaterThan(LENGTH.toSeconds() * 10);
        assertThat(deadlocks).as("deadlocks, else this shows nothing").isPositive();
        assertThat(taken).as("keys that were taken, else this shows nothing").isPositive();
        assertThat(store.lostRaces()).isPositive();
        assertThat(held()).doesNotHaveDuplicates();
    }

    /** Until then, or as long again if one kind of race has not been seen. */
    private long untilRaced(long end, Runnable work) {
        long count = 0;
        long latest = end + LENGTH.toNanos();
        while (System.nanoTime() < (hasRaced() ? end : latest)) {
            work.run();
            count++;
        }
        return count;
    }

    private boolean hasRaced() {
        return failures.count(SqlStates.DEADLOCK) > 0
                && failures.count(SqlStates.UNIQUE_VIOLATION) > 0;
    }

    private List<ChangeEvent> batch(Random random) {
        List<ChangeEvent> batch = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            long now = lsn.incrementAndGet();
            EntityId account = one(random, accounts);
            EntityContent content = account(account, "x");
            content = with(content, "accountNumber", "N-" + random.nextInt(NUMBERS));
            content = withParent(content, one(random, accounts));
            content = withPrimaryContact(content, one(random, contacts));
            batch.add(upserted(content, now, now));
            EntityId contact = one(random, contacts);
            batch.add(
                    upserted(withAccount(contact(contact, "c"), one(random, accounts)), now, now));
        }
        Collections.shuffle(batch, random);
        return batch;
    }

    private void write(Random random) {
        AlternateId number = Contoso.number("N-" + random.nextInt(2 * NUMBERS));
        store.write(transaction -> {
            EntityId account =
                    random.nextBoolean()
                            ? transaction.resolve(List.of(number)).get(number)
                            : one(random, accounts);
            transaction.place(List.of(account));
            transaction.save(
                    new EntityRow(
                            ticket(someTicket(), account),
                            RecordState.HYDRATED,
                            new Version(1),
                            Contoso.TIME));
            return true;
        });
    }

    private List<String> held() {
        return database.query(
                "SELECT account_number FROM contoso_crm.account"
                        + " WHERE account_number IS NOT NULL AND _ceded = 0");
    }

    private static EntityId one(Random random, List<EntityId> entities) {
        return entities.get(random.nextInt(entities.size()));
    }
}
