package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.AlternateKey;
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
                            "us.contoso.crm.Contact(accountId,email) where lastName<>'Outside'"),
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

    @Test
    default void eventOutsideHasItsTurnWhenTheNewestIsRefused() {
        EntityKey id = someKey();
        apply(account(id, "DE", 1));
        ChangeEvent nameless = account(id, "DE", 3);
        nameless =
                new ChangeEvent(
                        id,
                        nameless.content().with(ACCOUNT.field("name").orElseThrow(), null),
                        nameless.metadata());

        List<Outcome> outcomes = apply(account(id, "US", 2), nameless);

        assertThat(outcomes.getFirst()).isEqualTo(new Outcome.Outside());
        assertThat(outcomes.getLast()).isInstanceOf(Outcome.Refused.class);
        assertRow(id, RecordState.PLACEHOLDER, 2);
    }

    /** Nothing else comes of the type that would have it settled. */
    @Test
    default void valueThatARowLeavesBehindGoesToTheOneThatCededIt() {
        String email = UUID.randomUUID() + "@contoso.example";
        EntityKey holds = someKey();
        EntityKey cedes = someKey();
        apply(contact(holds, "Lovelace", email, 9), contact(cedes, "Byron", email, 5));
        assertThat(ceded(cedes)).isEqualTo(CONTACT.alternateKeys());

        assertThat(apply(contact(holds, "Outside", email, 20)))
                .containsExactly(new Outcome.Outside());

        assertThat(ceded(cedes)).isEmpty();
        AlternateId id =
                new AlternateId(CONTACT, CONTACT.alternateKeys().getFirst(), List.of(email));
        assertThat(store().find(id).orElseThrow().id()).isEqualTo(new EntityId(CONTACT, cedes));
    }

    @Test
    default void placeholdersTellSinceWhenTheyWait() {
        EntityKey waits = someKey();
        EntityKey came = someKey();
        apply(contact(waits), contact(came), account(came, "DE", 1));
        EntityId placeholder = new EntityId(ACCOUNT, waits);

        assertThat(store().placements(List.of(placeholder, new EntityId(ACCOUNT, came))))
                .containsOnlyKeys(placeholder)
                .containsValue(store().read(placeholder).orElseThrow().changedAt());
    }

    private List<AlternateKey> ceded(EntityKey contact) {
        return store().read(new EntityId(CONTACT, contact)).orElseThrow().ceded();
    }

    private List<Outcome> apply(ChangeEvent... events) {
        return store().apply(List.of(events));
    }

    private void assertRow(EntityKey id, RecordState state, long version) {
        EntityRow row = store().read(new EntityId(ACCOUNT, id)).orElseThrow();
        assertThat(row.state()).isEqualTo(state);
        assertThat(row.version()).isEqualTo(new Version(version));
    }

    static EntityKey someKey() {
        return new EntityKey.OfUuid(UUID.randomUUID());
    }

    static ChangeEvent account(EntityKey id, String country, long version) {
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

    private static ChangeEvent contact(EntityKey id, String name, String email, long version) {
        EntityContent content = EntityContent.ofKey(CONTACT, id);
        content = Contoso.with(content, "lastName", name);
        content = Contoso.with(content, "email", email);
        return event(content, version, ChangeKind.UPSERTED);
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
