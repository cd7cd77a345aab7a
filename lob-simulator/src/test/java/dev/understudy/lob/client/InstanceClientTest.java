package dev.understudy.lob.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lob.client.WriteResult.Accepted;
import dev.understudy.lob.client.WriteResult.Refused;
import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Batch;
import dev.understudy.lob.contoso.Contact;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.Directory;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.contoso.Tickets;
import dev.understudy.lob.fake.FakeInstance;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceClientTest {

    private final FakeInstance source = FakeInstance.source();
    private final InstanceClient client = new InstanceClient(InstanceSettings.at(source.url()));
    private final ReferenceData data = ReferenceData.generate(new Batch(1, 1), 20, 40);
    private final Account account = data.accounts().getFirst();
    private final Contact contact = data.contacts().getFirst();

    @AfterEach
    void stop() {
        client.close();
        source.close();
    }

    @Test
    void createdEntitiesAreReadBackFieldForField() {
        assertThat(client.create(Contoso.ACCOUNTS, account)).isInstanceOf(Accepted.class);
        assertThat(client.create(Contoso.CONTACTS, contact)).isInstanceOf(Accepted.class);

        assertThat(hydrated(client.read(Contoso.ACCOUNTS, account.accountId()).orElseThrow()))
                .isEqualTo(account);
        assertThat(hydrated(client.read(Contoso.CONTACTS, contact.contactId()).orElseThrow()))
                .isEqualTo(contact);
    }

    @Test
    void creatingTwiceIsRefusedWithTheInstancesCode() {
        client.create(Contoso.ACCOUNTS, account);

        assertThat(client.create(Contoso.ACCOUNTS, account))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(409);
                            assertThat(refused.code()).isEqualTo("AlreadyExists");
                            assertThat(refused.message()).contains(account.accountId().toString());
                        });
    }

    @Test
    void updateLeavesOtherFieldsAsTheyAre() {
        client.upsert(Contoso.ACCOUNTS, account);

        client.update(Contoso.ACCOUNTS, account.accountId(), new Body().text("name", "Contoso"));

        Account read = hydrated(client.read(Contoso.ACCOUNTS, account.accountId()).orElseThrow());
        assertThat(read.name()).isEqualTo("Contoso");
        assertThat(read.profile()).isEqualTo(account.profile());
    }

    @Test
    void aReferencedStrangerIsAPlaceholder() {
        client.upsert(Contoso.CONTACTS, contact);

        assertThat(client.read(Contoso.ACCOUNTS, account.accountId()))
                .contains(new Entry.Placeholder<>(account.accountId()));
        assertThat(client.read(Contoso.CONTACTS, contact.contactId()).orElseThrow())
                .isInstanceOfSatisfying(
                        Entry.Hydrated.class,
                        entry ->
                                assertThat(entry.reference("account").state())
                                        .isEqualTo(RecordState.PLACEHOLDER));
    }

    @Test
    void whatIsAbsentIsReadAsEmptyAndItsDeletionRefused() {
        UUID absent = new UUID(0, 1);

        assertThat(client.read(Contoso.ACCOUNTS, absent)).isEmpty();
        assertThat(client.delete(Contoso.ACCOUNTS, absent))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("NotFound"));
    }

    @Test
    void whatIsDeletedIsAbsent() {
        client.upsert(Contoso.CONTACTS, contact);

        assertThat(client.delete(Contoso.CONTACTS, contact.contactId()))
                .isInstanceOf(Accepted.class);
        assertThat(client.read(Contoso.CONTACTS, contact.contactId())).isEmpty();
    }

    @Test
    void listFollowsEveryNextLink() {
        client.submit(Contoso.CONTACTS, data.contacts());

        assertThat(client.list(Contoso.CONTACTS))
                .extracting(InstanceClientTest::hydrated)
                .containsExactlyInAnyOrderElementsOf(data.contacts());
        assertThat(client.list(Contoso.TICKETS)).isEmpty();
    }

    @Test
    void readAllLeavesOutWhatIsAbsent() {
        client.submit(Contoso.ACCOUNTS, data.accounts());
        var keys = new java.util.HashSet<>(data.accountIds());
        keys.add(new UUID(0, 1));

        assertThat(client.readAll(Contoso.ACCOUNTS, keys)).hasSameSizeAs(data.accounts());
    }

    @Test
    void aWriteToAReplicaIsRefused() {
        var tickets =
                Tickets.generate(
                        new Batch(1, 1), 1, Directory.of(data.accounts(), data.contacts()));

        assertThat(client.upsert(Contoso.TICKETS, tickets.getFirst()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("OwnedElsewhere"));
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> InstanceSettings.at(java.net.URI.create("localhost:80")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("localhost:80");
    }

    @Test
    void defaultsAreAsDocumented() {
        InstanceSettings settings = InstanceSettings.at(source.url());

        assertThat(settings.connectTimeout()).hasSeconds(5);
        assertThat(settings.requestTimeout()).hasSeconds(20);
        assertThat(settings.limits()).isEqualTo(new InstanceSettings.Limits(16, 500, 2, 50));
    }

    private static <T> T hydrated(Entry<T> entry) {
        return switch (entry) {
            case Entry.Hydrated<T>(T entity, _) -> entity;
            case Entry.Placeholder<T>(UUID key) -> throw new AssertionError("placeholder " + key);
        };
    }
}
