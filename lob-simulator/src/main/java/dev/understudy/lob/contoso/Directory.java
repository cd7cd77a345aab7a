package dev.understudy.lob.contoso;

import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The accounts and contacts that the owner knows, as read from it; placeholders are left out. */
public record Directory(Map<UUID, Account> accounts, Map<UUID, Contact> contacts) {

    public Directory {
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
        contacts = Collections.unmodifiableMap(new LinkedHashMap<>(contacts));
    }

    /** Reads all accounts and contacts over HTTP, page by page. */
    public static Directory readFrom(InstanceClient source) {
        return new Directory(read(source, Contoso.ACCOUNTS), read(source, Contoso.CONTACTS));
    }

    public static Directory of(List<Account> accounts, List<Contact> contacts) {
        return new Directory(byKey(Contoso.ACCOUNTS, accounts), byKey(Contoso.CONTACTS, contacts));
    }

    /** Only these accounts, as far as they are known, and their contacts. */
    public Directory about(Set<UUID> accountIds) {
        return of(
                accounts.values().stream()
                        .filter(account -> accountIds.contains(account.accountId()))
                        .toList(),
                contacts.values().stream()
                        .filter(contact -> contact.accountId() != null)
                        .filter(contact -> accountIds.contains(contact.accountId()))
                        .toList());
    }

    private static <T> Map<UUID, T> read(InstanceClient source, EntitySet<T> set) {
        Map<UUID, T> found = new LinkedHashMap<>();
        source.forEach(
                set,
                entry -> {
                    switch (entry) {
                        case Entry.Hydrated<T>(T entity, _) ->
                                found.put(set.key().apply(entity), entity);
                        case Entry.Placeholder<T> _ -> {}
                    }
                });
        return found;
    }

    private static <T> Map<UUID, T> byKey(EntitySet<T> set, List<T> entities) {
        Map<UUID, T> map = new LinkedHashMap<>();
        entities.forEach(entity -> map.put(set.key().apply(entity), entity));
        return map;
    }
}
