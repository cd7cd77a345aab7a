package dev.understudy.lob.load;

import dev.understudy.lob.contoso.ReferenceData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What the instances have acknowledged, and so what operations are about. Guarded by its monitor.
 */
final class Population {

    /** An account and those of its contacts that are known. */
    record Customer(UUID accountId, List<UUID> contactIds) {}

    // Half of the draws are among the latest accounts, which may not have reached the target yet.
    private static final int LATEST = 3;

    private final List<Customer> customers = new ArrayList<>();
    private final List<UUID> tickets = new ArrayList<>();

    Population(ReferenceData data) {
        Map<UUID, List<UUID>> contacts = new HashMap<>();
        data.contacts()
                .forEach(contact ->
                        contacts.computeIfAbsent(contact.accountId(), _ -> new ArrayList<>())
                                .add(contact.contactId()));
        data.accounts()
                .forEach(account ->
                        customers.add(
                                new Customer(
                                        account.accountId(),
                                        List.copyOf(
                                                contacts.getOrDefault(
                                                        account.accountId(), List.of())))));
    }

    synchronized void account(UUID id) {
        customers.add(new Customer(id, List.of()));
    }

    synchronized void ticket(UUID id) {
        tickets.add(id);
    }

    synchronized Customer customer(RandomGenerator random) {
        int latest = Math.min(LATEST, customers.size());
        int index =
                random.nextBoolean()
                        ? customers.size() - 1 - random.nextInt(latest)
                        : random.nextInt(customers.size());
        return customers.get(index);
    }

    synchronized Optional<UUID> ticket(RandomGenerator random) {
        return tickets.isEmpty()
                ? Optional.empty()
                : Optional.of(tickets.get(random.nextInt(tickets.size())));
    }
}
