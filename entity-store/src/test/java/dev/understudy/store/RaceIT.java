package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.contact;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someContact;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others do between two statements of a batch, which a lock holds there. */
@Timeout(60)
final class RaceIT {
    private static final EntityId LOWEST =
            new EntityId(Contoso.ACCOUNT, new EntityKey.OfUuid(new UUID(0, 1)));

    private TestDatabase database;
    private PostgresEntityStore store;

    @BeforeEach
    void install() {
        database = TestDatabase.withContoso();
        store = new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** It looked for the placeholder while nobody had placed it, and stores after its end. */
    @Test
    void batchDoesNotReferToWhatBecameAnAliasMeanwhile() throws Exception {
        store.apply(List.of(upserted(account(LOWEST, "lowest"), 1)));
        AlternateId number = Contoso.number("N-1");
        EntityId provisional =
                new EntityId(Contoso.ACCOUNT, number.provisionalKey(0).orElseThrow());
        EntityId real = someAccount();
        EntityId contact = someContact();
        List<ChangeEvent> batch =
                List.of(
                        upserted(account(LOWEST, "lowest"), 2),
                        upserted(withAccount(contact(contact, "c"), provisional), 1));

        whileLocked(
                "account",
                LOWEST,
                batch,
                () -> {
                    store.write(transaction -> transaction.resolve(List.of(number)));
                    store.apply(List.of(upserted(Contoso.numbered(real, "N-1"), 1)));
                });

        assertThat(store.states(List.of(provisional)))
                .containsEntry(provisional, RecordState.ALIAS);
        assertThat(database.query("SELECT account_id FROM contoso_crm.contact"))
                .containsExactly(real.key().text());
        assertThat(store.lostRaces()).isEqualTo(1);
    }

    /** They were missing when it looked, and are not when it stores what it refers to. */
    @Test
    void placeholderOverwritesNothingThatCameMeanwhile() throws Exception {
        store.apply(List.of(upserted(account(LOWEST, "lowest"), 1)));
        EntityId hydrated = someAccount();
        EntityId gone = someAccount();
        List<ChangeEvent> batch = new ArrayList<>(contactsOf(List.of(hydrated, gone)));
        batch.add(upserted(account(LOWEST, "lowest"), 2));

        whileLocked(
                "account",
                LOWEST,
                batch,
                () ->
                        store.apply(
                                List.of(upserted(account(hydrated, "came"), 1), deleted(gone, 1))));

        assertThat(store.states(List.of(hydrated, gone)))
                .containsEntry(hydrated, RecordState.HYDRATED)
                .containsEntry(gone, RecordState.DELETED);
    }

    @Test
    void manyPlaceholdersDoNotWaitForTheRowsThatReferToThem() throws Exception {
        assertThat(placeholdersSeenWhileTheBatchWaits(20)).isEqualTo(20);
    }

    /** Not worth a transaction of their own. */
    @Test
    void fewPlaceholdersComeWithTheRowsThatReferToThem() throws Exception {
        assertThat(placeholdersSeenWhileTheBatchWaits(5)).isZero();
    }

    private int placeholdersSeenWhileTheBatchWaits(int missing) throws Exception {
        EntityId lowest = new EntityId(Contoso.CONTACT, LOWEST.key());
        store.apply(List.of(upserted(contact(lowest, "lowest"), 1)));
        List<EntityId> accounts = Stream.generate(Contoso::someAccount).limit(missing).toList();
        List<ChangeEvent> batch = new ArrayList<>(contactsOf(accounts));
        batch.add(upserted(contact(lowest, "lowest"), 2));
        AtomicInteger seen = new AtomicInteger();

        whileLocked("contact", lowest, batch, () -> seen.set(store.states(accounts).size()));

        assertThat(store.states(accounts)).hasSize(missing);
        return seen.get();
    }

    private static List<ChangeEvent> contactsOf(List<EntityId> accounts) {
        return accounts.stream()
                .map(account -> upserted(withAccount(contact(someContact(), "c"), account), 1))
                .toList();
    }

    /** Begins to apply the batch, which waits for a row, and does something while it waits. */
    private void whileLocked(String table, EntityId row, List<ChangeEvent> batch, Runnable action)
            throws Exception {
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            statement.execute(
                    "SELECT 1 FROM contoso_crm.%1$s WHERE %1$s_id = '%2$s' FOR UPDATE"
                            .formatted(table, row.key().text()));
            Future<?> applied = thread.submit(() -> store.apply(batch));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (database.query("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
            try {
                action.run();
                assertThat(applied.isDone()).isFalse();
            } finally {
                other.rollback();
            }
            applied.get();
        }
    }
}
