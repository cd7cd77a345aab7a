package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.contact;
import static dev.understudy.store.Contoso.number;
import static dev.understudy.store.Contoso.numbered;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someContact;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.withAccount;
import static dev.understudy.store.Contoso.withParent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** References by alternate key, and how their placeholders and the entities become one. */
interface AlternateKeyContract extends StoreFixture {
    @Test
    default void referenceByAlternateKeyMakesAPlaceholderThatHasIt() {
        AlternateId number = someNumber();
        EntityId placeholder = resolve(number);
        EntityRow row = row(placeholder);
        assertThat(row.state()).isEqualTo(RecordState.PLACEHOLDER);
        assertThat(AlternateId.mayBeProvisional(placeholder.key())).isTrue();
        assertThat(row.content())
                .isEqualTo(
                        EntityContent.ofKey(Contoso.ACCOUNT, placeholder.key())
                                .with(
                                        number.key().fields().getFirst(),
                                        number.values().getFirst()));
        assertThat(store().find(number)).contains(row);
    }

    @Test
    default void allReferencesByOneAlternateKeyAreToOnePlaceholder() {
        AlternateId number = someNumber();
        assertThat(resolve(number)).isEqualTo(resolve(number));
        assertThat(resolve(someNumber())).isNotEqualTo(resolve(number));
    }

    @Test
    default void entityThatIsThereIsFoundByItsAlternateKey() {
        AlternateId number = someNumber();
        EntityId account = arrived(number);
        assertThat(resolve(number)).isEqualTo(account);
        assertThat(store().find(number)).contains(row(account));
    }

    @Test
    default void entityWhoseKeyIsKnownFirstHydratesThatPlaceholder() {
        EntityId account = placeholder();
        AlternateId number = someNumber();
        assertThat(apply(upserted(numbered(account, number), 1)))
                .isInstanceOf(Outcome.Hydrated.class);
        assertThat(resolve(number)).isEqualTo(account);
    }

    @Test
    default void placeholderBecomesTheAliasOfTheEntityThatComes() {
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        EntityId account = someAccount();
        assertThat(apply(upserted(numbered(account, number), 3)))
                .isInstanceOf(Outcome.Hydrated.class);
        assertThat(row(account).content()).isEqualTo(numbered(account, number));
        assertThat(row(account).ceded()).isEmpty();
        assertThat(store().read(provisional)).contains(row(account));
        assertThat(store().states(List.of(provisional)))
                .isEqualTo(Map.of(provisional, RecordState.ALIAS));
        assertThat(store().find(number)).contains(row(account));
    }

    @Test
    default void bothPlaceholdersBecomeOne() {
        EntityId account = placeholder();
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        assertThat(apply(upserted(numbered(account, number), 1)))
                .isInstanceOf(Outcome.Hydrated.class);
        assertThat(store().read(provisional)).contains(row(account));
    }

    @Test
    default void referencesOfReplicatedTypesMoveToTheEntity() {
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        EntityId child = someAccount();
        EntityId contact = someContact();
        apply(upserted(withParent(account(child, "child"), provisional), 1));
        apply(upserted(withAccount(contact(contact, "c"), provisional), 1));
        EntityId account = arrived(number);
        assertThat(row(child).content()).isEqualTo(withParent(account(child, "child"), account));
        assertThat(row(contact).content()).isEqualTo(withAccount(contact(contact, "c"), account));
    }

    @Test
    default void entityAndWhatRefersToItsPlaceholderMayComeTogether() {
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        EntityId account = someAccount();
        EntityId contact = someContact();
        store().apply(
                        List.of(
                                upserted(withAccount(contact(contact, "c"), provisional), 1),
                                upserted(numbered(account, number), 1)));
        assertThat(row(contact).content()).isEqualTo(withAccount(contact(contact, "c"), account));
    }

    @Test
    default void ownedRowRefersToTheAliasUntilItsOwnerMovesIt() {
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        EntityId ticket = written(ticket(someTicket(), provisional));
        EntityId account = arrived(number);
        assertThat(row(ticket).content()).isEqualTo(ticket(ticket, provisional));
        EntityContent moved =
                store().write(transaction ->
                        transaction.withoutAliases(
                                transaction.lock(ticket).orElseThrow().content()));
        assertThat(moved).isEqualTo(ticket(ticket, account));
    }

    @Test
    default void eventThatRefersToAnAliasIsStoredReferringToTheEntity() {
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        EntityId account = arrived(number);
        EntityId child = someAccount();
        apply(upserted(withParent(account(child, "child"), provisional), 1));
        assertThat(row(child).content()).isEqualTo(withParent(account(child, "child"), account));
    }

    @Test
    default void valueThatIsFreeAgainGetsAPlaceholderOfItsOwn() {
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        EntityId account = arrived(number);
        apply(upserted(numbered(account, someNumber()), 9));
        EntityId next = resolve(number);
        assertThat(next).isNotEqualTo(account).isNotEqualTo(provisional);
        assertThat(row(next).state()).isEqualTo(RecordState.PLACEHOLDER);
        assertThat(store().read(provisional)).contains(row(account));
        EntityId heir = arrived(number);
        assertThat(store().read(next)).contains(row(heir));
    }

    @Test
    default void deletionFreesTheValue() {
        AlternateId number = someNumber();
        EntityId account = arrived(number);
        apply(Contoso.deleted(account, 9));
        assertThat(store().find(number)).isEmpty();
        assertThat(resolve(number)).isNotEqualTo(account);
    }

    @Test
    default void placeholderBecomesTheAliasOfAnEntityThatIsWrittenHere() {
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        EntityId account = written(numbered(someAccount(), number));
        assertThat(store().read(provisional)).contains(row(account));
        assertThat(row(account).ceded()).isEmpty();
    }

    @Test
    default void writeOfATakenValueIsRefusedAndChangesNothing() {
        AlternateId number = someNumber();
        EntityId first = written(numbered(someAccount(), number));
        EntityId second = someAccount();
        assertThatThrownBy(() -> written(numbered(second, number)))
                .isInstanceOfSatisfying(
                        RowRefusedException.class,
                        e -> assertThat(e.sqlState()).isEqualTo("23505"));
        assertThat(store().read(second)).isEmpty();
        assertThat(store().find(number)).contains(row(first));
    }

    @Test
    default void pagesShowNoAliases() {
        AlternateId number = someNumber();
        EntityId provisional = resolve(number);
        assertThat(store().page(Contoso.ACCOUNT, java.util.Optional.empty(), 100_000))
                .anyMatch(row -> row.id().equals(provisional));
        arrived(number);
        assertThat(store().page(Contoso.ACCOUNT, java.util.Optional.empty(), 100_000))
                .noneMatch(row -> row.id().equals(provisional));
    }

    private EntityId resolve(AlternateId number) {
        return store().write(transaction -> transaction.resolve(List.of(number))).get(number);
    }

    private EntityId arrived(AlternateId number) {
        EntityId account = someAccount();
        apply(upserted(numbered(account, number), 1));
        return account;
    }

    private EntityId written(EntityContent content) {
        EntityRow row = new EntityRow(content, RecordState.HYDRATED, new Version(1), Contoso.TIME);
        store().write(transaction -> {
            transaction.save(row);
            return true;
        });
        return row.id();
    }

    private static EntityContent numbered(EntityId account, AlternateId number) {
        return Contoso.numbered(account, (String) number.values().getFirst());
    }

    private static AlternateId someNumber() {
        return number("N-" + UUID.randomUUID());
    }
}
