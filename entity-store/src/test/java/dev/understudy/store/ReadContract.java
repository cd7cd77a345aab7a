package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someContact;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.withPrimaryContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What reading gives. */
interface ReadContract extends StoreFixture {
    @Test
    default void absentEntityHasNoRow() {
        assertThat(store().read(someAccount())).isEmpty();
        assertThat(store().states(List.of(someAccount()))).isEmpty();
    }

    @Test
    default void statesAreOfWhatIsThere() {
        EntityId hydrated = someAccount();
        EntityId placeholder = someContact();
        EntityId marker = someContact();
        store().apply(
                        List.of(
                                upserted(
                                        withPrimaryContact(account(hydrated, "a"), placeholder), 1),
                                deleted(marker, 1)));
        assertThat(store().states(List.of(hydrated, placeholder, marker, someTicket())))
                .containsOnly(
                        Map.entry(hydrated, RecordState.HYDRATED),
                        Map.entry(placeholder, RecordState.PLACEHOLDER),
                        Map.entry(marker, RecordState.DELETED));
    }

    @Test
    default void placementsAreOfPlaceholdersAndAsTheirRowsSay() {
        EntityId hydrated = someAccount();
        EntityId placeholder = someContact();
        EntityId marker = someContact();
        store().apply(
                        List.of(
                                upserted(
                                        withPrimaryContact(account(hydrated, "a"), placeholder), 1),
                                deleted(marker, 1)));
        assertThat(store().placements(List.of(hydrated, placeholder, marker, someTicket())))
                .containsOnly(
                        Map.entry(
                                placeholder, store().read(placeholder).orElseThrow().changedAt()));
    }

    @Test
    default void pagesHoldEachHydratedRowAndPlaceholderOnce() {
        List<EntityId> present = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            EntityId id = someAccount();
            apply(upserted(account(id, "n" + i), 1));
            present.add(id);
        }
        present.add(placeholder());
        EntityId marker = someAccount();
        apply(deleted(marker, 1));

        List<EntityId> seen = new ArrayList<>();
        List<EntityRow> page = store().page(Contoso.ACCOUNT, Optional.empty(), 3);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            page.forEach(row -> seen.add(row.id()));
            page = store().page(Contoso.ACCOUNT, Optional.of(page.getLast().id().key()), 3);
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(present).doesNotContain(marker);
    }
}
