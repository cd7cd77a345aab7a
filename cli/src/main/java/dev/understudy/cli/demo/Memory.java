package dev.understudy.cli.demo;

import dev.understudy.lob.contoso.Directory;
import dev.understudy.lob.contoso.Ticket;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the app read from the source before and during the outage, and so knows while the source is
 * down. Used by one thread.
 */
final class Memory {
    private static final Directory NOTHING = Directory.of(List.of(), List.of());

    private Directory before = NOTHING;
    private Directory during = NOTHING;

    void keepFirst(Directory read) {
        before = read;
    }

    void keepRest(Directory read) {
        during = read;
    }

    Directory first() {
        return before;
    }

    /** The accounts that came during the outage, and all contacts of these. */
    Directory late() {
        Set<UUID> late = new HashSet<>(during.accounts().keySet());
        late.removeAll(before.accounts().keySet());
        return during.about(late);
    }

    /** What came before the outage, and what tickets have named since. */
    Directory firstAnd(List<Ticket> tickets) {
        Set<UUID> named = accounts(tickets);
        named.addAll(contacts(tickets));
        return Directory.of(
                during.accounts().values().stream()
                        .filter(account ->
                                before.accounts().containsKey(account.accountId())
                                        || named.contains(account.accountId()))
                        .toList(),
                during.contacts().values().stream()
                        .filter(contact ->
                                before.contacts().containsKey(contact.contactId())
                                        || named.contains(contact.contactId()))
                        .toList());
    }

    /** The accounts that tickets name and the target has not seen. */
    Set<UUID> newAccounts(List<Ticket> tickets) {
        Set<UUID> named = accounts(tickets);
        named.removeAll(before.accounts().keySet());
        return named;
    }

    /** The contacts that tickets name and the target has not seen. */
    Set<UUID> newContacts(List<Ticket> tickets) {
        Set<UUID> named = contacts(tickets);
        named.removeAll(before.contacts().keySet());
        return named;
    }

    private static Set<UUID> accounts(List<Ticket> tickets) {
        return tickets.stream()
                .map(ticket -> ticket.parties().accountId())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<UUID> contacts(List<Ticket> tickets) {
        return tickets.stream()
                .map(ticket -> ticket.parties().contactId())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
