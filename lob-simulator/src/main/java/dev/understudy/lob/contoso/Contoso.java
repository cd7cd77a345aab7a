package dev.understudy.lob.contoso;

import dev.understudy.lob.client.Body;
import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.client.Fields;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The entity sets of the contoso domain. References are written as bindings, as Dataverse's clients
 * write them.
 */
public final class Contoso {

    public static final EntitySet<Account> ACCOUNTS =
            new EntitySet<>(
                    "accounts", "accountId", Account::accountId, Contoso::write, Contoso::account);

    public static final EntitySet<Contact> CONTACTS =
            new EntitySet<>(
                    "contacts", "contactId", Contact::contactId, Contoso::write, Contoso::contact);

    public static final EntitySet<Ticket> TICKETS =
            new EntitySet<>(
                    "tickets", "ticketId", Ticket::ticketId, Contoso::write, Contoso::ticket);

    private Contoso() {}

    private static Body write(Account account) {
        Account.Profile profile = account.profile();
        return new Body()
                .text("accountNumber", account.accountNumber())
                .text("name", account.name())
                .bind("parentAccount", "accounts", account.links().parentAccountId())
                .bind("primaryContact", "contacts", account.links().primaryContactId())
                .text("industry", profile.industry())
                .decimal("annualRevenue", profile.annualRevenue())
                .number("employees", profile.employees())
                .flag("creditOnHold", profile.creditOnHold())
                .text("city", profile.presence().city())
                .text("country", profile.presence().country())
                .text("website", profile.presence().website())
                .instant("createdOn", account.createdOn());
    }

    private static Account account(Fields fields) {
        return new Account(
                fields.parsed("accountId", UUID::fromString),
                fields.text("accountNumber"),
                fields.text("name"),
                new Account.Links(
                        fields.parsedOrNull("parentAccountId", UUID::fromString),
                        fields.parsedOrNull("primaryContactId", UUID::fromString)),
                new Account.Profile(
                        fields.textOrNull("industry"),
                        fields.parsedOrNull("annualRevenue", Contoso::money),
                        fields.parsedOrNull("employees", Integer::valueOf),
                        fields.flag("creditOnHold"),
                        new Account.Presence(
                                fields.textOrNull("city"),
                                fields.textOrNull("country"),
                                fields.textOrNull("website"))),
                fields.parsed("createdOn", Instant::parse));
    }

    /** JSON numbers come with or without trailing zeros; the field has two decimals. */
    private static BigDecimal money(String number) {
        return new BigDecimal(number).setScale(2);
    }

    private static Body write(Contact contact) {
        Contact.Details details = contact.details();
        return new Body()
                .text("firstName", contact.name().first())
                .text("lastName", contact.name().last())
                .bind("account", "accounts", contact.accountId())
                .text("email", details.email())
                .text("phone", details.phone())
                .text("jobTitle", details.jobTitle())
                .text("birthDate", details.birthDate())
                .instant("createdOn", contact.createdOn());
    }

    private static Contact contact(Fields fields) {
        return new Contact(
                fields.parsed("contactId", UUID::fromString),
                new Contact.Name(fields.text("firstName"), fields.text("lastName")),
                fields.parsedOrNull("accountId", UUID::fromString),
                new Contact.Details(
                        fields.textOrNull("email"),
                        fields.textOrNull("phone"),
                        fields.textOrNull("jobTitle"),
                        fields.parsedOrNull("birthDate", LocalDate::parse)),
                fields.parsed("createdOn", Instant::parse));
    }

    private static Body write(Ticket ticket) {
        return new Body()
                .text("ticketNumber", ticket.ticketNumber())
                .text("title", ticket.subject().title())
                .text("description", ticket.subject().description())
                .text("priority", ticket.triage().priority())
                .text("status", ticket.triage().status())
                .bind("account", "accounts", ticket.parties().accountId())
                .bind("contact", "contacts", ticket.parties().contactId())
                .instant("openedOn", ticket.timeline().openedOn())
                .instant("resolvedOn", ticket.timeline().resolvedOn());
    }

    private static Ticket ticket(Fields fields) {
        return new Ticket(
                fields.parsed("ticketId", UUID::fromString),
                fields.text("ticketNumber"),
                new Ticket.Subject(fields.text("title"), fields.textOrNull("description")),
                new Ticket.Triage(
                        fields.parsed("priority", Ticket.Priority::valueOf),
                        fields.parsed("status", Ticket.Status::valueOf)),
                new Ticket.Parties(
                        fields.parsed("accountId", UUID::fromString),
                        fields.parsedOrNull("contactId", UUID::fromString)),
                new Ticket.Timeline(
                        fields.parsed("openedOn", Instant::parse),
                        fields.parsedOrNull("resolvedOn", Instant::parse)));
    }
}
