package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an owner's transactions do. */
interface OwnerContract extends StoreFixture {
    @Test
    default void savedRowIsThere() {
        EntityId id = someAccount();
        assertThat(save(hydrated(account(id, "x"), 1))).isEmpty();
        assertThat(row(id)).isEqualTo(hydrated(account(id, "x"), 1));
    }

    @Test
    default void lockedRowIsAsItWasSaved() {
        EntityId id = someAccount();
        save(hydrated(account(id, "x"), 1));
        assertThat(save(hydrated(account(id, "y"), 2))).contains(hydrated(account(id, "x"), 1));
        assertHydrated(id, "y", 2);
    }

    @Test
    default void deletedRowKeepsOnlyItsKey() {
        EntityId id = someAccount();
        save(hydrated(account(id, "x"), 1));
        save(new EntityRow(account(id, "x"), RecordState.DELETED, new Version(2), Contoso.TIME));
        assertMarker(id, 2);
    }

    @Test
    default void savedRowTakesThePlaceOfAPlaceholder() {
        EntityId id = placeholder();
        save(hydrated(account(id, "x"), 1));
        assertHydrated(id, "x", 1);
    }

    @Test
    default void versionThatIsNotHigherIsNeverSaved() {
        EntityId id = someAccount();
        save(hydrated(account(id, "x"), 2));
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() ->
                        store().write(transaction -> {
                            runs.incrementAndGet();
                            transaction.save(hydrated(account(id, "y"), 2));
                            return true;
                        }))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.severity()).isEqualTo(Severity.RETRYABLE));
        assertThat(runs).hasValueBetween(2, 100);
        assertHydrated(id, "x", 2);
    }

    @Test
    default void placeholderIsPlacedNotSaved() {
        EntityId id = someAccount();
        EntityRow row =
                new EntityRow(
                        EntityContent.ofKey(id.type(), id.key()),
                        RecordState.PLACEHOLDER,
                        Version.NONE,
                        Contoso.TIME);
        assertThatThrownBy(() -> save(row)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void whatTheWorkThrowsRollsBackAndIsPassedOn() {
        EntityId id = someAccount();
        EntityId placed = someAccount();
        RuntimeException thrown = new IllegalStateException("changed my mind");
        assertThatThrownBy(() ->
                        store().write(transaction -> {
                            transaction.place(List.of(placed));
                            transaction.save(hydrated(account(id, "x"), 1));
                            throw thrown;
                        }))
                .isSameAs(thrown);
        assertThat(store().states(List.of(id, placed))).isEmpty();
    }

    @Test
    default void placingMakesPlaceholdersAndChangesNothingElse() {
        EntityId hydrated = someAccount();
        EntityId marker = someAccount();
        EntityId placeholder = placeholder();
        EntityId absent = someAccount();
        apply(upserted(account(hydrated, "x"), 4));
        apply(deleted(marker, 5));
        Map<EntityId, RecordState> states =
                store().write(transaction ->
                        transaction.place(List.of(marker, absent, hydrated, placeholder)));
        assertThat(states)
                .containsOnly(
                        Map.entry(hydrated, RecordState.HYDRATED),
                        Map.entry(marker, RecordState.DELETED),
                        Map.entry(placeholder, RecordState.PLACEHOLDER),
                        Map.entry(absent, RecordState.PLACEHOLDER));
        assertHydrated(hydrated, "x", 4);
        assertMarker(marker, 5);
        assertPlaceholder(absent);
    }

    @Test
    default void statesInATransactionAreOfWhatIsThere() {
        EntityId placeholder = placeholder();
        Map<EntityId, RecordState> states =
                store().write(transaction ->
                        transaction.states(List.of(placeholder, someTicket())));
        assertThat(states).containsOnly(Map.entry(placeholder, RecordState.PLACEHOLDER));
    }

    @Test
    default void rowWithAMissingReferenceIsRefused() {
        EntityId id = someTicket();
        assertThatThrownBy(() -> save(hydrated(ticket(id, someAccount()), 1)))
                .isInstanceOfSatisfying(
                        RowRefusedException.class,
                        e -> assertThat(e.sqlState()).isEqualTo("23503"));
        assertThat(store().read(id)).isEmpty();
    }

    @Test
    default void rowWithoutARequiredValueIsRefused() {
        EntityId id = someAccount();
        assertThatThrownBy(() -> save(hydrated(withoutName(id), 1)))
                .isInstanceOfSatisfying(
                        RowRefusedException.class,
                        e -> assertThat(e.sqlState()).isEqualTo("23514"));
        assertThat(store().read(id)).isEmpty();
    }

    @Test
    default void placeholderPlacedInTheTransactionHoldsItsReference() {
        EntityId id = someTicket();
        EntityId account = someAccount();
        store().write(transaction -> {
            transaction.place(List.of(account));
            transaction.save(hydrated(ticket(id, account), 1));
            return true;
        });
        assertThat(row(id).content()).isEqualTo(ticket(id, account));
        assertPlaceholder(account);
    }

    /** Saves, and gives what was locked before. */
    default Optional<EntityRow> save(EntityRow row) {
        return store().write(transaction -> {
            Optional<EntityRow> before = transaction.lock(row.id());
            transaction.save(row);
            return before;
        });
    }

    default EntityRow hydrated(EntityContent content, long version) {
        return new EntityRow(content, RecordState.HYDRATED, new Version(version), Contoso.TIME);
    }
}
