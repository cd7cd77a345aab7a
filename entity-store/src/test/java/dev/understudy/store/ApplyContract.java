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
import static dev.understudy.store.Contoso.withPrimaryContact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What applying events does, cell by cell of the table of rows and events, and in batches. */
interface ApplyContract extends StoreFixture {
    @Test
    default void eventOfAnAbsentEntityInsertsIt() {
        EntityId id = someAccount();
        assertThat(apply(upserted(account(id, "Contoso"), 3))).isInstanceOf(Outcome.Applied.class);
        EntityRow row = row(id);
        assertThat(row.state()).isEqualTo(RecordState.HYDRATED);
        assertThat(row.version()).isEqualTo(new Version(3));
        assertThat(row.content()).isEqualTo(account(id, "Contoso"));
        assertThat(row.changedAt()).isEqualTo(Contoso.TIME.plusSeconds(3));
    }

    @Test
    default void deletionOfAnAbsentEntityLeavesAMarker() {
        EntityId id = someAccount();
        assertThat(apply(deleted(id, 3))).isInstanceOf(Outcome.Deleted.class);
        assertMarker(id, 3);
    }

    @Test
    default void missingReferencesBecomePlaceholders() {
        EntityId id = someAccount();
        EntityId parent = someAccount();
        EntityId contact = someContact();
        apply(upserted(withPrimaryContact(withParent(account(id, "x"), parent), contact), 1));
        assertPlaceholder(parent);
        assertPlaceholder(contact);
    }

    /**
     * More than is encoded or sent at once, in no order of keys, with one row among them that is
     * large.
     */
    @Test
    default void eachRowOfALargeBatchIsStoredAsItsEventSays() {
        List<EntityContent> accounts = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            String name = "number " + i + (i == 3000 ? "x".repeat(100_000) : "");
            accounts.add(account(someAccount(), name));
        }
        List<Outcome> outcomes =
                store().apply(accounts.stream().map(each -> upserted(each, 1)).toList());
        assertThat(outcomes).hasSize(6000).allMatch(Outcome.Applied.class::isInstance);
        for (int i = 0; i < 6000; i += i > 2900 && i < 3100 ? 1 : 97) {
            EntityContent content = accounts.get(i);
            assertThat(row(new EntityId(Contoso.ACCOUNT, content.key())).content())
                    .isEqualTo(content);
        }
    }

    @Test
    default void eventHydratesAPlaceholder() {
        EntityId id = placeholder();
        Outcome outcome = apply(upserted(account(id, "x"), 1));
        assertThat(outcome).isInstanceOf(Outcome.Hydrated.class);
        assertThat(((Outcome.Hydrated) outcome).waited())
                .isGreaterThanOrEqualTo(java.time.Duration.ZERO);
        assertHydrated(id, "x", 1);
    }

    @Test
    default void deletionMarksAPlaceholder() {
        EntityId id = placeholder();
        assertThat(apply(deleted(id, 4))).isInstanceOf(Outcome.Deleted.class);
        assertMarker(id, 4);
    }

    @Test
    default void higherVersionReplacesAHydratedRow() {
        EntityId id = someAccount();
        apply(upserted(account(id, "old"), 1));
        assertThat(apply(upserted(account(id, "new"), 2))).isInstanceOf(Outcome.Applied.class);
        assertHydrated(id, "new", 2);
    }

    @Test
    default void valueThatIsGoneInAHigherVersionIsCleared() {
        EntityId id = someAccount();
        EntityId parent = someAccount();
        apply(upserted(withParent(account(id, "x"), parent), 1));
        apply(upserted(account(id, "x"), 2));
        assertThat(row(id).content()).isEqualTo(account(id, "x"));
    }

    @Test
    default void sameVersionIsStale() {
        EntityId id = someAccount();
        apply(upserted(account(id, "first"), 2));
        assertThat(apply(upserted(account(id, "again"), 2))).isInstanceOf(Outcome.Stale.class);
        assertHydrated(id, "first", 2);
    }

    @Test
    default void olderVersionIsStale() {
        EntityId id = someAccount();
        apply(upserted(account(id, "newer"), 2));
        assertThat(apply(upserted(account(id, "older"), 1))).isInstanceOf(Outcome.Stale.class);
        assertThat(apply(deleted(id, 1))).isInstanceOf(Outcome.Stale.class);
        assertHydrated(id, "newer", 2);
    }

    @Test
    default void whatAStaleEventRefersToIsNotPlaced() {
        EntityId id = someAccount();
        EntityId gone = someAccount();
        EntityId wanted = someAccount();
        EntityId other = someAccount();
        apply(upserted(account(id, "newer"), 2));

        store().apply(
                        List.of(
                                upserted(withParent(account(id, "older"), gone), 1),
                                upserted(withParent(account(other, "new"), wanted), 1)));

        assertThat(store().read(gone)).isEmpty();
        assertPlaceholder(wanted);
    }

    @Test
    default void deletionKeepsOnlyTheKeyOfAHydratedRow() {
        EntityId id = someAccount();
        apply(upserted(withParent(account(id, "x"), someAccount()), 1));
        assertThat(apply(deleted(id, 2))).isInstanceOf(Outcome.Deleted.class);
        assertMarker(id, 2);
    }

    @Test
    default void deletionIsNotUndoneByAnOlderEvent() {
        EntityId id = someAccount();
        apply(deleted(id, 2));
        assertThat(apply(upserted(account(id, "late"), 1))).isInstanceOf(Outcome.Stale.class);
        assertThat(apply(upserted(account(id, "same"), 2))).isInstanceOf(Outcome.Stale.class);
        assertMarker(id, 2);
    }

    @Test
    default void higherVersionCreatesADeletedEntityAnew() {
        EntityId id = someAccount();
        apply(upserted(account(id, "first life"), 1));
        apply(deleted(id, 2));
        assertThat(apply(upserted(account(id, "second life"), 3)))
                .isInstanceOf(Outcome.Applied.class);
        assertHydrated(id, "second life", 3);
    }

    @Test
    default void placeholderThatWasDeletedAndCreatedAnewIsNotHydratedButApplied() {
        EntityId id = placeholder();
        apply(deleted(id, 1));
        assertThat(apply(upserted(account(id, "x"), 2))).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    default void hydrationIsToldOnce() {
        EntityId id = placeholder();
        assertThat(apply(upserted(account(id, "x"), 1))).isInstanceOf(Outcome.Hydrated.class);
        assertThat(apply(upserted(account(id, "y"), 2))).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    default void referenceChangesNothingOfWhatItRefersTo() {
        EntityId hydrated = someAccount();
        EntityId marker = someAccount();
        EntityId placeholder = placeholder();
        apply(upserted(account(hydrated, "x"), 5));
        apply(deleted(marker, 6));
        for (EntityId parent : List.of(hydrated, marker, placeholder)) {
            EntityId child = someAccount();
            EntityContent content = withParent(account(child, "child"), parent);
            assertThat(apply(upserted(content, 1))).isInstanceOf(Outcome.Applied.class);
            assertThat(row(child).content()).isEqualTo(content);
        }
        assertHydrated(hydrated, "x", 5);
        assertMarker(marker, 6);
        assertPlaceholder(placeholder);
    }

    @Test
    default void referencesOfADeletionMakeNoPlaceholders() {
        EntityId id = someAccount();
        EntityId parent = someAccount();
        apply(
                Contoso.event(
                        withParent(account(id, "x"), parent),
                        1,
                        dev.understudy.schemas.event.ChangeKind.DELETED));
        assertMarker(id, 1);
        assertThat(store().read(parent)).isEmpty();
    }

    @Test
    default void cycleInOneBatchNeedsNoPlaceholder() {
        EntityId account = someAccount();
        EntityId contact = someContact();
        List<Outcome> outcomes =
                store().apply(
                                List.of(
                                        upserted(withAccount(contact(contact, "c"), account), 1),
                                        upserted(
                                                withPrimaryContact(account(account, "a"), contact),
                                                1)));
        assertThat(outcomes).hasOnlyElementsOfType(Outcome.Applied.class).hasSize(2);
    }

    @Test
    default void entityMayReferToItself() {
        EntityId id = someAccount();
        EntityContent own = withParent(account(id, "own parent"), id);
        assertThat(apply(upserted(own, 1))).isInstanceOf(Outcome.Applied.class);
        assertThat(row(id).content()).isEqualTo(own);
    }

    @Test
    default void childMayComeBeforeItsParentInABatch() {
        EntityId parent = someAccount();
        EntityId ticket = someTicket();
        List<Outcome> outcomes =
                store().apply(
                                List.of(
                                        upserted(ticket(ticket, parent), 1),
                                        upserted(account(parent, "p"), 1)));
        assertThat(outcomes).hasOnlyElementsOfType(Outcome.Applied.class).hasSize(2);
        assertHydrated(parent, "p", 1);
    }

    @Test
    default void highestVersionOfABatchWins() {
        EntityId id = someAccount();
        List<Outcome> outcomes =
                store().apply(
                                List.of(
                                        upserted(account(id, "two"), 2),
                                        upserted(account(id, "three"), 3),
                                        upserted(account(id, "three again"), 3),
                                        deleted(id, 1)));
        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Stale(),
                        new Outcome.Applied(),
                        new Outcome.Stale(),
                        new Outcome.Stale());
        assertHydrated(id, "three", 3);
    }

    @Test
    default void applyingABatchAgainChangesNothing() {
        EntityId account = someAccount();
        EntityId contact = someContact();
        List<ChangeEvent> batch =
                List.of(
                        upserted(withPrimaryContact(account(account, "a"), contact), 1),
                        upserted(contact(contact, "c"), 1));
        store().apply(batch);
        EntityRow before = row(account);
        assertThat(store().apply(batch)).hasOnlyElementsOfType(Outcome.Stale.class);
        assertThat(row(account)).isEqualTo(before);
    }

    @Test
    default void emptyBatchIsNothing() {
        assertThat(store().apply(List.of())).isEmpty();
    }

    @Test
    default void rowThatCannotBeIsIsolatedFromItsBatch() {
        EntityId good = someAccount();
        EntityId bad = someAccount();
        EntityId child = someAccount();
        List<Outcome> outcomes =
                store().apply(
                                List.of(
                                        upserted(account(good, "good"), 1),
                                        upserted(withoutName(bad), 1),
                                        upserted(withParent(account(child, "child"), bad), 1)));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcomes.get(1)).sqlState()).isEqualTo("23514");
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Applied.class);
        assertHydrated(good, "good", 1);
        assertPlaceholder(bad);
    }

    @Test
    default void olderVersionIsAppliedIfTheNewerOneInItsBatchCannotBe() {
        EntityId id = someAccount();
        List<Outcome> outcomes =
                store().apply(
                                List.of(
                                        upserted(account(id, "one"), 1),
                                        upserted(account(id, "two"), 2),
                                        upserted(withoutName(id), 3)));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Stale.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Applied.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Refused.class);
        assertHydrated(id, "two", 2);
    }
}
