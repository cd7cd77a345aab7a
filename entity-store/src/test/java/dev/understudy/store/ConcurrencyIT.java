package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.contact;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someContact;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.with;
import static dev.understudy.store.Contoso.withAccount;
import static dev.understudy.store.Contoso.withPrimaryContact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Appliers and writers at once. */
@Seeded
@Timeout(60)
final class ConcurrencyIT {
    private static final int THREADS = 4;

    /** One attempt: whoever meets a deadlock fails. */
    private static final StoreOptions ONCE =
            StoreOptions.trying(1, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30));

    private TestDatabase database;
    private EntityStore store;
    private EntityStore onceStore;

    @BeforeEach
    void install() {
        database = TestDatabase.withContoso();
        store = new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
        onceStore = new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe", ONCE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void overlappingCyclicBatchesNeitherFailNorDeadlockNorGoBack(long seed) throws Exception {
        List<EntityId> accounts = Stream.generate(Contoso::someAccount).limit(30).toList();
        List<EntityId> contacts = Stream.generate(Contoso::someContact).limit(30).toList();
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Void>> appliers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(seed + thread);
            appliers.add(() -> {
                for (int version = 1; version <= 25; version++) {
                    onceStore.apply(batch(random, accounts, contacts, version));
                }
                return null;
            });
        }
        try (ExecutorService watching = Executors.newSingleThreadExecutor()) {
            Future<Integer> watched = watching.submit(() -> watch(accounts, done));
            runAll(appliers);
            done.set(true);
            assertThat(watched.get()).isPositive();
        }
        assertThat(accounts).allSatisfy(id -> assertThat(version(id)).isEqualTo(new Version(25)));
    }

    @Test
    void batchesThatMissEachOthersRowsDoNotDeadlock(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            List<ChangeEvent> accounts = new ArrayList<>();
            List<ChangeEvent> contacts = new ArrayList<>();
            for (int i = 0; i < (round % 2 == 0 ? 50 : 150); i++) {
                EntityId account = someAccount();
                EntityId contact = someContact();
                accounts.add(upserted(withPrimaryContact(account(account, "a" + i), contact), 1));
                contacts.add(upserted(withAccount(contact(contact, "c" + i), account), 1));
            }
            Collections.shuffle(accounts, random);
            Collections.shuffle(contacts, random);
            runAll(List.of(applying(accounts), applying(contacts)));
        }
        assertThat(database.query("SELECT count(*) FROM contoso_crm.account WHERE _state = 'h'"))
                .containsExactly("3000");
    }

    @Test
    void concurrentWritersOfOneRowLoseNoUpdate() throws Exception {
        EntityId id = someAccount();
        List<Callable<Void>> writers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            writers.add(() -> {
                for (int i = 0; i < 25; i++) {
                    store.write(transaction -> increment(transaction, id));
                }
                return null;
            });
        }
        runAll(writers);
        EntityRow row = store.read(id).orElseThrow();
        assertThat(row.version()).isEqualTo(new Version(THREADS * 25));
        assertThat(row.content().value(employees())).isEqualTo(THREADS * 25L);
    }

    @Test
    void ofOwnersThatCreateWithOneAlternateKeyOneSucceeds() throws Exception {
        EntityStore owner = new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "us");
        for (int round = 0; round < 30; round++) {
            AlternateId number = Contoso.number("N-" + round);
            owner.write(transaction -> transaction.resolve(List.of(number)));
            List<Callable<Boolean>> creators = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                EntityContent content = Contoso.numbered(someAccount(), "N-" + round);
                creators.add(() -> created(owner, content));
            }
            int succeeded = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
                for (Future<Boolean> each : threads.invokeAll(creators)) {
                    succeeded += each.get() ? 1 : 0;
                }
            }
            assertThat(succeeded).as("round %d", round).isEqualTo(1);
        }
        assertThat(database.query("SELECT 1 FROM contoso_crm.account WHERE _ceded <> 0")).isEmpty();
    }

    private static boolean created(EntityStore owner, EntityContent content) {
        try {
            owner.write(transaction -> {
                transaction.save(
                        new EntityRow(content, RecordState.HYDRATED, new Version(1), Contoso.TIME));
                return true;
            });
            return true;
        } catch (RowRefusedException e) {
            assertThat(e.sqlState()).isEqualTo("23505");
            return false;
        }
    }

    @Test
    void writersPlaceWhatAppliersHydrate() throws Exception {
        List<EntityId> accounts = Stream.generate(Contoso::someAccount).limit(100).toList();
        List<Callable<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            work.add(() -> {
                for (EntityId account : accounts) {
                    writeTicketFor(account);
                }
                return null;
            });
        }
        work.add(() -> {
            for (EntityId account : accounts) {
                store.apply(List.of(upserted(account(account, "x"), 1)));
            }
            return null;
        });
        runAll(work);
        assertThat(new HashMap<>(store.states(accounts)).values())
                .hasSize(100)
                .containsOnly(RecordState.HYDRATED);
        assertThat(database.query("SELECT count(*) FROM contoso_crm.ticket"))
                .containsExactly("200");
    }

    @Test
    void lockedRowDoesNotHoldUpWhoRefersToIt() {
        EntityId account = someAccount();
        store.apply(List.of(upserted(account(account, "x"), 1)));
        store.write(transaction -> {
            transaction.lock(account);
            writeTicketFor(account);
            return true;
        });
        assertThat(database.query("SELECT count(*) FROM contoso_crm.ticket")).containsExactly("1");
    }

    private static List<ChangeEvent> batch(
            Random random, List<EntityId> accounts, List<EntityId> contacts, int version) {
        List<ChangeEvent> batch = new ArrayList<>();
        for (EntityId id : accounts) {
            EntityContent content = account(id, "v" + version);
            batch.add(
                    upserted(
                            withPrimaryContact(
                                    content, contacts.get(random.nextInt(contacts.size()))),
                            version));
        }
        for (EntityId id : contacts.subList(0, 1 + random.nextInt(contacts.size()))) {
            EntityContent content = contact(id, "v" + version);
            batch.add(
                    upserted(
                            withAccount(content, accounts.get(random.nextInt(accounts.size()))),
                            version));
        }
        Collections.shuffle(batch, random);
        return batch;
    }

    /** Looks at versions until done; gives how often. */
    private int watch(List<EntityId> ids, AtomicBoolean done) {
        Map<EntityId, Version> seen = new HashMap<>();
        int looks = 0;
        while (!done.get()) {
            for (EntityId id : ids) {
                Version now = version(id);
                assertThat(now).isGreaterThanOrEqualTo(seen.getOrDefault(id, Version.NONE));
                seen.put(id, now);
            }
            looks++;
        }
        return looks;
    }

    private Version version(EntityId id) {
        return store.read(id).map(EntityRow::version).orElse(Version.NONE);
    }

    private Callable<Void> applying(List<ChangeEvent> batch) {
        return () -> {
            onceStore.apply(batch);
            return null;
        };
    }

    private void writeTicketFor(EntityId account) {
        EntityContent content = ticket(someTicket(), account);
        store.write(transaction -> {
            transaction.place(List.of(account));
            transaction.save(
                    new EntityRow(content, RecordState.HYDRATED, new Version(1), Contoso.TIME));
            return true;
        });
    }

    private static boolean increment(StoreTransaction transaction, EntityId id) {
        EntityRow before = transaction.lock(id).orElse(null);
        long count = before == null ? 0 : (Long) before.content().value(employees());
        Version version = before == null ? Version.NONE : before.version();
        transaction.save(
                new EntityRow(
                        with(account(id, "x"), "employees", count + 1),
                        RecordState.HYDRATED,
                        version.next(),
                        Contoso.TIME));
        return true;
    }

    private static EntityField employees() {
        return Contoso.ACCOUNT.field("employees").orElseThrow();
    }

    private static void runAll(List<Callable<Void>> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Void> each : threads.invokeAll(work)) {
                each.get();
            }
        }
    }
}
