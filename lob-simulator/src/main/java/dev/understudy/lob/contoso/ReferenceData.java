package dev.understudy.lob.contoso;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and contacts of one batch, with the cycle that real data has: contacts belong to
 * accounts, and accounts name a primary contact. A third of the accounts have a parent, which may
 * stand later in the list; parents form no cycle.
 */
public record ReferenceData(List<Account> accounts, List<Contact> contacts) {

    private static final double WITH_PARENT = 0.33;

    public ReferenceData {
        accounts = List.copyOf(accounts);
        contacts = List.copyOf(contacts);
    }

    /**
     * Generates a batch; needs an account if there is to be a contact. The first contacts get one
     * account each.
     */
    public static ReferenceData generate(Batch batch, int accountCount, int contactCount) {
        if (accountCount < 0 || contactCount < 0 || (accountCount == 0 && contactCount > 0)) {
            throw new IllegalArgumentException(
                    "cannot make %d contacts for %d accounts"
                            .formatted(contactCount, accountCount));
        }
        Random random = batch.random("reference data");
        List<Integer> parents = parents(random, accountCount);
        AccountGenerator accountGenerator = new AccountGenerator(batch, random);
        List<Account> accounts =
                IntStream.range(0, accountCount)
                        .mapToObj(i ->
                                accountGenerator.generate(
                                        i,
                                        new Account.Links(
                                                id(batch, "account", parents.get(i)),
                                                i < contactCount ? batch.id("contact", i) : null)))
                        .toList();
        ContactGenerator contactGenerator = new ContactGenerator(batch, random);
        List<Contact> contacts =
                IntStream.range(0, contactCount)
                        .mapToObj(i ->
                                contactGenerator.generate(
                                        i,
                                        accounts.get(
                                                i < accountCount
                                                        ? i
                                                        : random.nextInt(accountCount))))
                        .toList();
        return new ReferenceData(accounts, contacts);
    }

    /** The keys of this batch's accounts: what tickets about this batch are about. */
    public Set<UUID> accountIds() {
        return accounts.stream().map(Account::accountId).collect(Collectors.toUnmodifiableSet());
    }

    private static final int NONE = -1;

    /**
     * Draws each account's parent from those before it in a random order: no cycles, but any list
     * order.
     */
    private static List<Integer> parents(Random random, int count) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, random);
        List<Integer> parents = new ArrayList<>(Collections.nCopies(count, NONE));
        for (int rank = 1; rank < count; rank++) {
            if (random.nextDouble() < WITH_PARENT) {
                parents.set(order.get(rank), order.get(random.nextInt(rank)));
            }
        }
        return parents;
    }

    private static @Nullable UUID id(Batch batch, String type, int index) {
        return index == NONE ? null : batch.id(type, index);
    }
}
