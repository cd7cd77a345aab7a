package dev.understudy.chaos.load;

import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Contact;
import dev.understudy.lob.contoso.Ticket;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All fields of an entity that has been read, by their names; those without a value are left out.
 */
final class Contents {
    private final Map<String, String> fields = new TreeMap<>();

    private Contents() {}

    static Map<String, String> of(Account account) {
        Account.Profile profile = account.profile();
        return new Contents()
                .with("accountNumber", account.accountNumber())
                .with("name", account.name())
                .with("parentAccountId", account.links().parentAccountId())
                .with("primaryContactId", account.links().primaryContactId())
                .with("industry", profile.industry())
                .with("annualRevenue", profile.annualRevenue())
                .with("employees", profile.employees())
                .with("creditOnHold", profile.creditOnHold())
                .with("city", profile.presence().city())
                .with("country", profile.presence().country())
                .with("website", profile.presence().website())
                .with("createdOn", account.createdOn())
                .fields;
    }

    static Map<String, String> of(Contact contact) {
        return new Contents()
                .with("firstName", contact.name().first())
                .with("lastName", contact.name().last())
                .with("accountId", contact.accountId())
                .with("email", contact.details().email())
                .with("phone", contact.details().phone())
                .with("jobTitle", contact.details().jobTitle())
                .with("birthDate", contact.details().birthDate())
                .with("createdOn", contact.createdOn())
                .fields;
    }

    static Map<String, String> of(Ticket ticket) {
        return new Contents()
                .with("ticketNumber", ticket.ticketNumber())
                .with("title", ticket.subject().title())
                .with("description", ticket.subject().description())
                .with("priority", ticket.triage().priority())
                .with("status", ticket.triage().status())
                .with("accountId", ticket.parties().accountId())
                .with("contactId", ticket.parties().contactId())
                .with("openedOn", ticket.timeline().openedOn())
                .with("resolvedOn", ticket.timeline().resolvedOn())
                .fields;
    }

    private Contents with(String field, @Nullable Object value) {
        if (value != null) {
            fields.put(field, value.toString());
        }
        return this;
    }
}
