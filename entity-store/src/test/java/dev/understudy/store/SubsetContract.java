package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a store does that keeps only German and French accounts, and few of their fields. */
interface SubsetContract {
    Catalog CATALOG =
            Catalog.of(
                    List.of(
                            "us.contoso.crm.Account(name) where country in ('DE','FR')",
                            "us.contoso.crm.Contact(lastName,accountId)"),
                    new SchemaFiles(List.of("classpath:contoso")));
    EntityType ACCOUNT = CATALOG.entry("contoso.crm.Account").type();
    EntityType CONTACT = CATALOG.entry("contoso.crm.Contact").type();

    EntityStore store();

    @Test
    default void entityOutsideIsNotStored() {
        EntityKey id = someKey();

        assertThat(apply(account(id, "US", 1))).containsExactly(new Outcome.Outside());
        assertThat(store().read(new EntityId(ACCOUNT, id))).isEmpty();
    }

    @Test
    default void entityInsideIsStored() {
        EntityKey id = someKey();

        assertThat(apply(account(id, "DE", 1))).containsExactly(new Outcome.Applied());
        assertRow(id, RecordState.HYDRATED, 1);
    }

    @Test
    default void placeholderOfAnEntityOutsideStaysOne() {
        EntityKey id = someKey();
        apply(contact(id));

        assertThat(apply(account(id, "US", 4))).containsExactly(new Outcome.Outside());
        assertRow(id, RecordState.PLACEHOLDER, 4);
    }

    @Test
    default void rowThatLeavesIsAPlaceholderAndNoOlderEventBringsItBack() {
        EntityKey id = someKey();
        apply(account(id, "DE", 1));
        apply(contact(id));

        assertThat(apply(account(id, "US", 3))).containsExactly(new Outcome.Outside());
        assertRow(id, RecordState.PLACEHOLDER, 3);
        assertThat(apply(account(id, "DE", 2))).containsExactly(new Outcome.Stale());
        assertThat(apply(account(id, "US", 2))).containsExactly(new Outcome.Stale());
        assertThat(apply(account(id, "US", 3))).containsExactly(new Outcome.Stale());
        assertRow(id, RecordState.PLACEHOLDER, 3);
        assertThat(store().read(new EntityId(ACCOUNT, id)).orElseThrow().content())
                .isEqualTo(EntityContent.ofKey(ACCOUNT, id));
    }

    @Test
    default void rowThatComesBackIsHydrated() {
        EntityKey id = someKey();
        apply(account(id, "DE", 1));
        apply(account(id, "US", 2));

        Outcome outcome = apply(account(id, "FR", 3)).getFirst();

        assertThat(outcome).isInstanceOf(Outcome.Hydrated.class);
        assertThat(((Outcome.Hydrated) outcome).waited()).isLessThan(Duration.ofMinutes(1));
        assertRow(id, RecordState.HYDRATED, 3);
    }

    @Test
    default void deletionLeavesItsMarkerWhereverTheEntityWas() {
        EntityKey id = someKey();
        apply(account(id, "US", 1));

        assertThat(apply(event(EntityContent.ofKey(ACCOUNT, id), 2, ChangeKind.DELETED)))
                .containsExactly(new Outcome.Deleted());
        assertThat(apply(account(id, "DE", 1))).containsExactly(new Outcome.Stale());
    }

    @Test
    default void ofSeveralEventsOfOneEntityTheNewestDecides() {
        EntityKey leaves = someKey();
        EntityKey comes = someKey();

        assertThat(
                        apply(
                                account(leaves, "DE", 1),
                                account(comes, "US", 1),
                                account(leaves, "US", 2),
                                account(comes, "DE", 2)))
                .containsExactly(
                        new Outcome.Stale(),
                        new Outcome.Stale(),
                        new Outcome.Outside(),
                        new Outcome.Applied());
        assertThat(store().read(new EntityId(ACCOUNT, leaves))).isEmpty();
        assertRow(comes, RecordState.HYDRATED, 2);
    }

    private List<Outcome> apply(ChangeEvent... events) {
        return store().apply(List.of(events));
    }

    private void assertRow(EntityKey id, RecordState state, long version) {
        EntityRow row = store().read(new EntityId(ACCOUNT, id)).orElseThrow();
        assertThat(row.state()).isEqualTo(state);
        assertThat(row.version()).isEqualTo(new Version(version));
    }

    private static EntityKey someKey() {
        return new EntityKey.OfUuid(UUID.randomUUID());
    }

    private static ChangeEvent account(EntityKey id, String country, long version) {
        EntityContent content = EntityContent.ofKey(ACCOUNT, id);
        content = Contoso.with(content, "name", "Contoso");
        content = Contoso.with(content, "country", country);
        return event(content, version, ChangeKind.UPSERTED);
    }

    private static ChangeEvent contact(EntityKey account) {
        EntityContent content = EntityContent.ofKey(CONTACT, someKey());
        content = Contoso.with(content, "lastName", "Lovelace");
        content = Contoso.with(content, "accountId", account.value());
        return event(content, 1, ChangeKind.UPSERTED);
    }

    private static ChangeEvent event(EntityContent content, long version, ChangeKind kind) {
        return new ChangeEvent(
                content.key(),
                content,
                new ChangeMetadata(
                        "us",
                        kind,
                        new Version(version),
                        new Position(1, version),
                        Contoso.TIME,
                        Optional.empty()));
    }
}
