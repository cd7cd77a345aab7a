package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.contact;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someContact;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.withAccount;
import static dev.understudy.store.Contoso.withParent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.ledger.Age;
import dev.understudy.store.ledger.Orphan;
import dev.understudy.store.ledger.Orphans;
import dev.understudy.store.ledger.PlacedEntity;
import dev.understudy.store.ledger.PlaceholderCounts;
import dev.understudy.store.ledger.PlaceholderLedger;
import dev.understudy.store.ledger.ReferrerCount;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the ledger tells of placeholders. */
@Timeout(60)
final class PlaceholderLedgerIT {
    private final TestDatabase database = TestDatabase.withContoso();
    private final EntityStore store =
            new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    private final PlaceholderLedger ledger =
            new PlaceholderLedger(database.dataSource(), Contoso.CATALOG);
    private final Orphans orphans = new Orphans(database.dataSource(), Contoso.CATALOG);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void placeholdersAreCountedByAge() {
        assertThat(ledger.counts(Contoso.ACCOUNT).all()).isZero();
        assertThat(ledger.counts(Contoso.ACCOUNT).oldest()).isEmpty();
        List<String> ages = List.of("1 s", "59 min", "61 min", "25 h", "6 d", "8 d", "3 years");
        ages.forEach(age -> age(place(), age));
        store.apply(List.of(upserted(account(someAccount(), "hydrated"), 1)));
        PlaceholderCounts counts = ledger.counts(Contoso.ACCOUNT);
        assertThat(counts.all()).isEqualTo(7);
        assertThat(counts.byAge())
                .containsEntry(Age.UNDER_A_MINUTE, 1L)
                .containsEntry(Age.UNDER_AN_HOUR, 1L)
                .containsEntry(Age.UNDER_A_DAY, 1L)
                .containsEntry(Age.UNDER_A_WEEK, 2L)
                .containsEntry(Age.OLDER, 2L);
        assertThat(counts.oldest())
                .contains(ledger.page(Contoso.ACCOUNT, Optional.empty(), 1).getFirst().placedAt());
        assertThat(ledger.counts(Contoso.CONTACT).all()).isZero();
    }

    @Test
    void pagesGoFromTheOldestAlsoThroughOnesOfOneMoment() {
        EntityId young = place();
        List<EntityId> atOnce = IntStream.range(0, 10).mapToObj(_ -> someAccount()).toList();
        store.write(transaction -> transaction.place(atOnce));
        EntityId old = place();
        age(old, "1 h");
        age(young, "-1 h");
        List<EntityId> listed = new ArrayList<>();
        Optional<PlacedEntity> after = Optional.empty();
        List<PlacedEntity> page;
        do {
            page = ledger.page(Contoso.ACCOUNT, after, 3);
            page.forEach(placed -> listed.add(placed.id()));
            after = page.stream().reduce((_, last) -> last);
        } while (!page.isEmpty());
        assertThat(listed).hasSize(12).startsWith(old).endsWith(young).containsAll(atOnce);
    }

    @Test
    void whoRefersIsToldPerTypeAndField() {
        EntityId placeholder = someAccount();
        EntityId arrived = someAccount();
        List<EntityId> tickets = Stream.generate(Contoso::someTicket).limit(5).toList();
        store.apply(
                Stream.of(
                                tickets.stream().map(id -> upserted(ticket(id, placeholder), 1)),
                                Stream.of(
                                        upserted(ticket(someTicket(), arrived), 1),
                                        upserted(account(arrived, "arrived"), 1),
                                        upserted(
                                                withParent(
                                                        account(someAccount(), "child"),
                                                        placeholder),
                                                1),
                                        upserted(
                                                withAccount(contact(someContact(), "c"), arrived),
                                                1)))
                        .flatMap(events -> events)
                        .toList());
        EntityField ofTicket = Contoso.TICKET.field("accountId").orElseThrow();
        List<ReferrerCount> counts =
                List.of(
                        new ReferrerCount(
                                Contoso.ACCOUNT,
                                Contoso.ACCOUNT.field("parentAccountId").orElseThrow(),
                                1),
                        new ReferrerCount(
                                Contoso.CONTACT,
                                Contoso.CONTACT.field("accountId").orElseThrow(),
                                0),
                        new ReferrerCount(Contoso.TICKET, ofTicket, 5));
        assertThat(ledger.referrers(Contoso.ACCOUNT)).isEqualTo(counts);
        assertThat(ledger.referrers(placeholder)).isEqualTo(counts);
        List<EntityKey> first =
                ledger.referrers(placeholder, Contoso.TICKET, ofTicket, Optional.empty(), 3);
        List<EntityKey> rest =
                ledger.referrers(
                        placeholder, Contoso.TICKET, ofTicket, Optional.of(first.getLast()), 3);
        assertThat(Stream.concat(first.stream(), rest.stream()))
                .containsExactlyElementsOf(tickets.stream().map(EntityId::key).sorted().toList());
    }

    @Test
    void orphanIsAPlaceholderThatItsOwnerDoesNotKnow() {
        EntityId orphan = place();
        EntityId waiting = place();
        orphans.markUnknown(List.of(orphan));
        orphans.markUnknown(List.of(orphan));
        assertThat(orphans.page(Contoso.ACCOUNT, Optional.empty(), 10))
                .map(Orphan::id)
                .containsExactly(orphan)
                .doesNotContain(waiting);
        assertThat(orphans.count(Contoso.ACCOUNT)).isEqualTo(1);
        assertThat(orphans.count(Contoso.CONTACT)).isZero();
    }

    @Test
    void orphanThatComesAfterAllOrIsDeletedIsNoneAnyMore() {
        EntityId hydrated = place();
        EntityId marker = place();
        EntityId unknown = place();
        orphans.markUnknown(List.of(hydrated, marker, unknown, someAccount()));
        store.apply(List.of(upserted(account(hydrated, "x"), 1), deleted(marker, 1)));
        assertThat(orphans.page(Contoso.ACCOUNT, Optional.empty(), 10))
                .map(Orphan::id)
                .containsExactly(unknown);
        assertThat(orphans.sweep(Contoso.ACCOUNT)).isEqualTo(3);
        assertThat(orphans.count(Contoso.ACCOUNT)).isEqualTo(1);
    }

    @Test
    void placeholderThatIsPlacedAnewIsNoOrphanUntilItsOwnerSaysSoAgain() {
        EntityId id = place();
        orphans.markUnknown(List.of(id));
        database.execute("DELETE FROM contoso_crm.account");
        store.write(transaction -> transaction.place(List.of(id)));
        assertThat(orphans.count(Contoso.ACCOUNT)).isZero();
        orphans.markUnknown(List.of(id));
        assertThat(orphans.count(Contoso.ACCOUNT)).isEqualTo(1);
    }

    @Test
    void orphansArePaged() {
        List<EntityId> ids = Stream.generate(this::place).limit(5).sorted().toList();
        orphans.markUnknown(ids);
        List<Orphan> first = orphans.page(Contoso.ACCOUNT, Optional.empty(), 2);
        List<Orphan> rest =
                orphans.page(Contoso.ACCOUNT, Optional.of(first.getLast().id().key()), 10);
        assertThat(Stream.concat(first.stream(), rest.stream()).map(Orphan::id))
                .containsExactlyElementsOf(ids);
    }

    private EntityId place() {
        EntityId id = someAccount();
        store.write(transaction -> transaction.place(List.of(id)));
        return id;
    }

    private void age(EntityId id, String age) {
        database.execute(
                "UPDATE contoso_crm.account SET \"_placed_at\" = now() - interval '%s' WHERE account_id = '%s'"
                        .formatted(age, id.key().text()));
    }
}
