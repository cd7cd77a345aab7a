package dev.understudy.store;

import static dev.understudy.store.Contoso.number;
import static dev.understudy.store.Contoso.numbered;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.model.EntityContent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Alternate keys that go from one entity to another, while their events come in any order. */
interface HandOverContract extends StoreFixture {
    @Test
    default void laterHolderMakesTheEarlierOneCede() {
        EntityId earlier = someAccount();
        EntityId later = someAccount();
        String number = someNumber();
        apply(upserted(numbered(earlier, number), 1, 5));
        apply(upserted(numbered(later, number), 1, 7));
        assertCedes(earlier, number);
        assertHolds(later, number);
    }

    @Test
    default void earlierHolderThatComesLateCedes() {
        EntityId earlier = someAccount();
        EntityId later = someAccount();
        String number = someNumber();
        apply(upserted(numbered(later, number), 1, 7));
        assertThat(apply(upserted(numbered(earlier, number), 1, 5)))
                .isInstanceOf(Outcome.Applied.class);
        assertCedes(earlier, number);
        assertHolds(later, number);
    }

    @Test
    default void bothInOneBatchAreDecidedAsIfTheyHadComeAlone() {
        EntityId earlier = someAccount();
        EntityId later = someAccount();
        String number = someNumber();
        store().apply(
                        List.of(
                                upserted(numbered(later, number), 1, 7),
                                upserted(numbered(earlier, number), 1, 5)));
        assertCedes(earlier, number);
        assertHolds(later, number);
    }

    /** A restored owner counts its LSNs anew, in a higher epoch. */
    @Test
    default void higherEpochIsLaterWhateverTheLsnAndTheOrder() {
        for (boolean laterFirst : List.of(false, true)) {
            for (boolean together : List.of(false, true)) {
                EntityId earlier = someAccount();
                EntityId later = someAccount();
                String number = someNumber();
                ChangeEvent lost = upserted(numbered(earlier, number), 1, new Position(1, 99));
                ChangeEvent won = upserted(numbered(later, number), 1, new Position(2, 1));
                List<ChangeEvent> events = laterFirst ? List.of(won, lost) : List.of(lost, won);
                if (together) {
                    store().apply(events);
                } else {
                    events.forEach(this::apply);
                }
                assertCedes(earlier, number);
                assertHolds(later, number);
            }
        }
    }

    @Test
    default void ownEventOfTheOneThatCededEndsIt() {
        EntityId earlier = someAccount();
        EntityId later = someAccount();
        String number = someNumber();
        String other = someNumber();
        apply(upserted(numbered(earlier, number), 1, 5));
        apply(upserted(numbered(later, number), 1, 7));
        apply(upserted(numbered(earlier, other), 2, 6));
        assertHolds(earlier, other);
        assertHolds(later, number);
    }

    @Test
    default void valueThatTheLaterOneLetsGoReturnsToTheOneThatCeded() {
        EntityId earlier = someAccount();
        EntityId later = someAccount();
        String number = someNumber();
        apply(upserted(numbered(earlier, number), 1, 5));
        apply(upserted(numbered(later, number), 1, 7));
        apply(upserted(numbered(later, someNumber()), 2, 9));
        assertHolds(earlier, number);
    }

    @Test
    default void deletionOfTheHolderReturnsTheValueToTheHighestThatCeded() {
        List<EntityId> accounts = List.of(someAccount(), someAccount(), someAccount());
        String number = someNumber();
        for (int i = 0; i < 3; i++) {
            apply(upserted(numbered(accounts.get(i), number), 1, 5 + i));
        }
        EntityContent last = EntityContent.ofKey(Contoso.ACCOUNT, accounts.get(2).key());
        apply(Contoso.event(last, 2, 9, ChangeKind.DELETED));
        assertHolds(accounts.get(1), number);
        assertCedes(accounts.get(0), number);
    }

    @Test
    default void staleClaimTakesNothing() {
        EntityId account = someAccount();
        EntityId other = someAccount();
        String number = someNumber();
        String old = someNumber();
        apply(upserted(numbered(account, number), 2, 8));
        apply(upserted(numbered(other, old), 1, 4));
        assertThat(apply(upserted(numbered(account, old), 1, 6))).isInstanceOf(Outcome.Stale.class);
        assertHolds(other, old);
        assertHolds(account, number);
    }

    @Test
    default void swapInOneBatchLeavesNobodyWithout() {
        EntityId one = someAccount();
        EntityId other = someAccount();
        String a = someNumber();
        String b = someNumber();
        store().apply(
                        List.of(
                                upserted(numbered(one, a), 1, 1),
                                upserted(numbered(other, b), 1, 2)));
        store().apply(
                        List.of(
                                upserted(numbered(one, b), 2, 9),
                                upserted(numbered(other, a), 2, 9)));
        assertHolds(one, b);
        assertHolds(other, a);
    }

    @Test
    default void swapComesToTheSameInEveryOrder() {
        for (int order = 0; order < 120; order++) {
            EntityId one = someAccount();
            EntityId other = someAccount();
            String a = someNumber();
            String b = someNumber();
            List<ChangeEvent> events = new ArrayList<>();
            events.add(upserted(numbered(one, a), 1, 1));
            events.add(upserted(numbered(other, b), 1, 2));
            events.add(upserted(numbered(one, someNumber()), 2, 3));
            events.add(upserted(numbered(other, a), 2, 4));
            events.add(upserted(numbered(one, b), 3, 5));
            for (ChangeEvent event : permuted(events, order)) {
                apply(event);
            }
            assertHolds(one, b);
            assertHolds(other, a);
        }
    }

    private void assertHolds(EntityId account, String number) {
        assertThat(row(account).content()).isEqualTo(numbered(account, number));
        assertThat(row(account).ceded()).isEmpty();
        assertThat(store().find(number(number))).contains(row(account));
    }

    private void assertCedes(EntityId account, String number) {
        assertThat(row(account).content()).isEqualTo(numbered(account, number));
        assertThat(row(account).ceded()).isEqualTo(Contoso.ACCOUNT.alternateKeys());
    }

    private static String someNumber() {
        return "N-" + UUID.randomUUID();
    }

    /** One of the orders of these, each number below the factorial of their count another one. */
    private static List<ChangeEvent> permuted(List<ChangeEvent> events, int number) {
        List<ChangeEvent> left = new ArrayList<>(events);
        List<ChangeEvent> permuted = new ArrayList<>();
        int rest = number;
        while (!left.isEmpty()) {
            permuted.add(left.remove(rest % left.size()));
            rest /= left.size() + 1;
        }
        return permuted;
    }
}
