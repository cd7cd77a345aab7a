package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.number;
import static dev.understudy.store.Contoso.numbered;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.KeyType;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users reported of HAPI FHIR, the other system that makes placeholders, by its issues. */
@Timeout(60)
final class PlaceholderPeerBugsIT {
    private static final int WRITERS = 100;

    private static TestDatabase database;
    private static EntityStore store;

    @BeforeAll
    static void install() {
        database = TestDatabase.withContoso();
        store = new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Issue 7114: concurrent writers created two stubs for one identifier. */
    @Test
    void aHundredWritersOfOneAlternateKeyMakeOnePlaceholder() throws Exception {
        AlternateId number = number("7114");
        CyclicBarrier together = new CyclicBarrier(WRITERS);
        Callable<EntityId> writer =
                () -> {
                    together.await();
                    return ticketFor(number);
                };
        Set<EntityId> placeholders = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<EntityId>> writers =
                    IntStream.range(0, WRITERS).mapToObj(_ -> writer).toList();
            for (Future<EntityId> each : threads.invokeAll(writers)) {
                placeholders.add(each.get());
            }
        }
        assertThat(placeholders).hasSize(1);
        assertThat(
                        database.query(
                                "SELECT count(*) FROM contoso_crm.account"
                                        + " WHERE account_number = '7114'"))
                .containsExactly("1");
    }

    /** Pull request 8067: guard rows leaked from failed writes and blocked later creates. */
    @Test
    void failedWriteLeavesNothingThatBlocksALaterCreate() {
        AlternateId number = number("8067");
        assertThatThrownBy(() ->
                        store.write(transaction -> {
                            transaction.resolve(List.of(number));
                            throw new IllegalStateException("the write fails");
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.find(number)).isEmpty();
        EntityId account = someAccount();
        store.write(transaction -> {
            transaction.save(
                    new EntityRow(
                            numbered(account, "8067"),
                            RecordState.HYDRATED,
                            new Version(1),
                            Contoso.TIME));
            return true;
        });
        assertThat(store.find(number).orElseThrow().id()).isEqualTo(account);
    }

    /** Issue 2332, pull request 3461: required-field validation rejected stubs. */
    @Test
    void placeholderNeedsNoneOfTheFieldsThatAnEntityMustHave() {
        EntityId account = ticketFor(number("2332"));
        assertThat(account.type().fields())
                .filteredOn(field -> field.required())
                .hasSizeGreaterThan(2);
        assertThat(store.read(account).orElseThrow().state()).isEqualTo(RecordState.PLACEHOLDER);
    }

    /** Issue 2446: stubs must be marked, and the mark must vanish when they are filled. */
    @Test
    void placeholderSaysThatItIsOneUntilItIsFilled() {
        EntityId account = someAccount();
        store.write(transaction -> transaction.place(List.of(account)));
        assertThat(store.read(account).orElseThrow().state()).isEqualTo(RecordState.PLACEHOLDER);
        store.apply(List.of(upserted(account(account, "x"), 1)));
        assertThat(store.read(account).orElseThrow().state()).isEqualTo(RecordState.HYDRATED);
    }

    /** Issue 2585: without the identifier a stub could never be filled. */
    @Test
    void placeholderByAlternateKeyIsFilledByTheEntityThatHasIt() {
        EntityId placeholder = ticketFor(number("2585"));
        EntityId account = someAccount();
        store.apply(List.of(upserted(numbered(account, "2585"), 1)));
        assertThat(store.read(placeholder).orElseThrow().content())
                .isEqualTo(numbered(account, "2585"));
    }

    /** Issue 2209: stubs had no partition. A tenant is a part of the key here. */
    @Test
    void placeholderHasEveryPartOfItsAlternateKey() {
        EntityType type =
                EntityType.of(
                        new Schema.Parser()
                                .parse(
                                        """
                                        {"type": "record", "name": "Patient", "namespace": "peer",
                                         "entity.key": "id", "entity.set": "patients",
                                         "entity.alternateKeys": [["tenant", "code"]],
                                         "fields": [
                                          {"name": "id", "type":
                                           {"type": "string", "logicalType": "uuid"}},
                                          {"name": "tenant", "type": "string"},
                                          {"name": "code", "type": "string"}]}
                                        """));
        Catalog catalog = new Catalog(List.of(new CatalogEntry("us", type)));
        StoreSchema.install(database.dataSource(), catalog);
        EntityStore patients = new PostgresEntityStore(database.dataSource(), catalog, "europe");
        AlternateKey key = type.alternateKeys().getFirst();
        List<AlternateId> sameCode =
                List.of(
                        new AlternateId(type, key, List.of("north", "p1")),
                        new AlternateId(type, key, List.of("south", "p1")));
        assertThat(patients.write(transaction -> transaction.resolve(sameCode)).values())
                .doesNotHaveDuplicates();
        for (AlternateId id : sameCode) {
            EntityContent content = patients.find(id).orElseThrow().content();
            assertThat(content.value(key.fields().getFirst())).isEqualTo(id.values().getFirst());
        }
    }

    /** Issue 3148: of two children in one transaction, one lost its link. */
    @Test
    void allChildrenOfOneTransactionKeepTheirLinks() {
        EntityId account = someAccount();
        List<EntityId> tickets = List.of(someTicket(), someTicket(), someTicket());
        store.write(transaction -> {
            for (EntityId ticket : tickets) {
                transaction.place(List.of(account));
                saveTicket(transaction, ticket, account);
            }
            return true;
        });
        assertLinked(tickets, account);
    }

    /** The same issue, where the stub is made by the references: one identifier, many children. */
    @Test
    void allChildrenOfOneIdentifierKeepTheirLinks() {
        AlternateId number = number("3148");
        List<EntityId> tickets = List.of(someTicket(), someTicket(), someTicket());
        EntityId account =
                store.write(transaction -> {
                    Map<AlternateId, EntityId> both = transaction.resolve(List.of(number, number));
                    EntityId stub = both.get(number);
                    saveTicket(transaction, tickets.get(0), stub);
                    saveTicket(transaction, tickets.get(1), stub);
                    EntityId again = transaction.resolve(List.of(number)).get(number);
                    saveTicket(transaction, tickets.get(2), again);
                    assertThat(both).hasSize(1);
                    return again;
                });
        assertThat(store.read(account).orElseThrow().state()).isEqualTo(RecordState.PLACEHOLDER);
        assertLinked(tickets, account);
    }

    @Test
    void allChildrenOfOneBatchKeepTheirLinks() {
        EntityId account = someAccount();
        List<EntityId> tickets = List.of(someTicket(), someTicket());
        assertThat(
                        store.apply(
                                tickets.stream()
                                        .map(id -> upserted(ticket(id, account), 1))
                                        .toList()))
                .hasSize(2)
                .hasOnlyElementsOfType(Outcome.Applied.class);
        assertThat(store.read(account).orElseThrow().state()).isEqualTo(RecordState.PLACEHOLDER);
        assertLinked(tickets, account);
    }

    /** Issue 4441: malformed references were accepted. */
    @Test
    void malformedReferenceIsNoKey() {
        assertThatThrownBy(() -> KeyType.UUID.parse("Patient/123"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyType.STRING.parse(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new AlternateId(
                                Contoso.ACCOUNT,
                                Contoso.ACCOUNT.alternateKeys().getFirst(),
                                List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The same issue: what no parser has seen gets no further than the store. */
    @Test
    void referenceOfAnotherTypesShapeIsRefusedByTheStore() {
        AlternateKey key = Contoso.ACCOUNT.alternateKeys().getFirst();
        assertThatThrownBy(() -> new AlternateId(Contoso.ACCOUNT, key, List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new AlternateId(
                                Contoso.ACCOUNT,
                                Contoso.CONTACT.alternateKeys().getFirst(),
                                List.of("a@b")))
                .isInstanceOf(IllegalArgumentException.class);
        EntityId misshapen = new EntityId(Contoso.ACCOUNT, new EntityKey.OfString("123"));
        assertThatThrownBy(() ->
                        store.write(transaction -> {
                            transaction.place(List.of(misshapen));
                            return transaction.states(List.of(misshapen));
                        }))
                .isInstanceOf(StoreException.class);
        EntityId ticket = someTicket();
        assertThatThrownBy(() ->
                        store.write(transaction -> {
                            saveTicket(transaction, ticket, misshapen);
                            return true;
                        }))
                .isInstanceOf(StoreException.class);
        assertThat(store.read(ticket)).isEmpty();
    }

    private static void saveTicket(
            StoreTransaction transaction, EntityId ticket, EntityId account) {
        transaction.save(
                new EntityRow(
                        ticket(ticket, account),
                        RecordState.HYDRATED,
                        new Version(1),
                        Contoso.TIME));
    }

    private static void assertLinked(List<EntityId> tickets, EntityId account) {
        assertThat(tickets)
                .allSatisfy(id ->
                        assertThat(store.read(id).orElseThrow().content())
                                .isEqualTo(ticket(id, account)));
    }

    private static EntityId ticketFor(AlternateId number) {
        return store.write(transaction -> {
            EntityId account = transaction.resolve(List.of(number)).get(number);
            saveTicket(transaction, someTicket(), account);
            return account;
        });
    }
}
