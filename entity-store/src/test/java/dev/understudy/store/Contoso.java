package dev.understudy.store;

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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The shipped domain's catalog, with content and events for tests. */
final class Contoso {
    static final Catalog CATALOG =
            Catalog.of(
                    List.of(
                            "us.contoso.crm.Account",
                            "us.contoso.crm.Contact",
                            "europe.contoso.crm.Ticket"),
                    new SchemaFiles(List.of("classpath:contoso")));
    static final EntityType ACCOUNT = CATALOG.entry("contoso.crm.Account").type();
    static final EntityType CONTACT = CATALOG.entry("contoso.crm.Contact").type();
    static final EntityType TICKET = CATALOG.entry("contoso.crm.Ticket").type();
    static final Instant TIME = Instant.parse("2026-11-21T09:30:00.123456Z");

    private Contoso() {}

    static EntityId someAccount() {
        return new EntityId(ACCOUNT, new EntityKey.OfUuid(UUID.randomUUID()));
    }

    static EntityId someContact() {
        return new EntityId(CONTACT, new EntityKey.OfUuid(UUID.randomUUID()));
    }

    static EntityId someTicket() {
        return new EntityId(TICKET, new EntityKey.OfUuid(UUID.randomUUID()));
    }

    static EntityContent account(EntityId id, String name) {
        EntityContent content = EntityContent.ofKey(ACCOUNT, id.key());
        content = with(content, "accountNumber", "A-" + id.key().text());
        content = with(content, "name", name);
        content = with(content, "annualRevenue", new BigDecimal("1234567.80"));
        content = with(content, "employees", 12L);
        content = with(content, "creditOnHold", false);
        return with(content, "createdOn", TIME);
    }

    static EntityContent contact(EntityId id, String name) {
        EntityContent content = EntityContent.ofKey(CONTACT, id.key());
        content = with(content, "firstName", "Ada");
        content = with(content, "lastName", name);
        return with(content, "createdOn", TIME);
    }

    static EntityContent ticket(EntityId id, EntityId account) {
        EntityContent content = EntityContent.ofKey(TICKET, id.key());
        content = with(content, "ticketNumber", "T-" + id.key().text());
        content = with(content, "title", "It does not start");
        content = with(content, "priority", "HIGH");
        content = with(content, "status", "OPEN");
        content = with(content, "accountId", account.key().value());
        return with(content, "openedOn", TIME);
    }

    static EntityContent with(EntityContent content, String field, Object value) {
        return content.with(content.type().field(field).orElseThrow(), value);
    }

    static EntityContent withParent(EntityContent account, EntityId parent) {
        return with(account, "parentAccountId", parent.key().value());
    }

    static EntityContent withPrimaryContact(EntityContent account, EntityId contact) {
        return with(account, "primaryContactId", contact.key().value());
    }

    static EntityContent withAccount(EntityContent contact, EntityId account) {
        return with(contact, "accountId", account.key().value());
    }

    static ChangeEvent upserted(EntityContent content, long version) {
        return event(content, version, ChangeKind.UPSERTED);
    }

    static ChangeEvent deleted(EntityId id, long version) {
        return event(EntityContent.ofKey(id.type(), id.key()), version, ChangeKind.DELETED);
    }

    static EntityContent numbered(EntityId account, String number) {
        return with(account(account, "x"), "accountNumber", number);
    }

    static AlternateId number(String number) {
        return new AlternateId(ACCOUNT, ACCOUNT.alternateKeys().getFirst(), List.of(number));
    }

    static ChangeEvent event(EntityContent content, long version, ChangeKind kind) {
        return event(content, version, 1000 + version, kind);
    }

    /** At a place of its own in the owner's history. */
    static ChangeEvent upserted(EntityContent content, long version, long lsn) {
        return upserted(content, version, new Position(1, lsn));
    }

    static ChangeEvent upserted(EntityContent content, long version, Position position) {
        return event(content, version, position, ChangeKind.UPSERTED);
    }

    static ChangeEvent event(EntityContent content, long version, long lsn, ChangeKind kind) {
        return event(content, version, new Position(1, lsn), kind);
    }

    private static ChangeEvent event(
            EntityContent content, long version, Position position, ChangeKind kind) {
        String owner = CATALOG.entry(content.type().fullName()).owner();
        return new ChangeEvent(
                content.key(),
                content,
                new ChangeMetadata(
                        owner,
                        kind,
                        new Version(version),
                        position,
                        TIME.plusSeconds(version),
                        Optional.empty()));
    }
}
