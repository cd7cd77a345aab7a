package dev.understudy.chaos.load;

import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.contoso.Contoso;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The accounts and contacts that one thread of a {@link SourceLoad} writes. */
final class SourceWriter {
    private static final int ENTITIES = 40;

    private final TrackedWrites source;
    private final long seed;
    private final Random random;
    private final List<UUID> accounts = new ArrayList<>();
    private final List<UUID> contacts = new ArrayList<>();
    private final Ledger accountLedger = new Ledger();
    private final Ledger contactLedger = new Ledger();

    /** Numbers that accounts have for certain. */
    private final Map<UUID, String> numbers = new HashMap<>();

    private final AtomicLong swaps = new AtomicLong();
    private volatile @Nullable UUID latestAccount;
    private int number;

    SourceWriter(TrackedWrites source, long seed) {
        this.source = source;
        this.seed = seed;
        this.random = new Random(seed);
        for (int i = 0; i < ENTITIES; i++) {
            accounts.add(new UUID(random.nextLong(), random.nextLong()));
            contacts.add(new UUID(random.nextLong(), random.nextLong()));
        }
    }

    /** One write, or the three of a swap. */
    void writeNext() {
        number++;
        int what = random.nextInt(30);
        if (what == 0) {
            swap(pick(accounts), pick(accounts));
        } else if (what % 3 == 0) {
            writeContact(pick(contacts));
        } else if (random.nextInt(10) == 0) {
            UUID account = pick(accounts);
            numbers.remove(account);
            source.delete(Contoso.ACCOUNTS, account, accountLedger);
        } else {
            writeAccount(pick(accounts), "A-%d-%d".formatted(seed, number));
        }
    }

    private void writeContact(UUID contact) {
        if (random.nextInt(10) == 0) {
            source.delete(Contoso.CONTACTS, contact, contactLedger);
        } else {
            write(Contoso.CONTACTS, contactLedger, contact, contact());
        }
    }

    /** By way of a third number, since one that is taken is refused. */
    private void swap(UUID one, UUID other) {
        String ofOne = numbers.get(one);
        String ofOther = numbers.get(other);
        if (ofOne == null || ofOther == null || one.equals(other)) {
            return;
        }
        if (writeAccount(one, "A-%d-%d-swap".formatted(seed, number))
                && writeAccount(other, ofOne)
                && writeAccount(one, ofOther)) {
            swaps.incrementAndGet();
        }
    }

    private boolean writeAccount(UUID account, String accountNumber) {
        numbers.remove(account);
        boolean accepted = write(Contoso.ACCOUNTS, accountLedger, account, account(accountNumber));
        if (accepted) {
            numbers.put(account, accountNumber);
            latestAccount = account;
        }
        return accepted;
    }

    private boolean write(EntitySet<?> set, Ledger ledger, UUID key, Written written) {
        return source.write(set, key, written, ledger);
    }

    /**
     * References go to what may not be there yet, or no more: these are refused, and are not in the
     * ledger.
     */
    private Written account(String accountNumber) {
        Written written =
                new Written()
                        .text("accountNumber", accountNumber)
                        .text("name", "Account " + number)
                        .number("employees", number)
                        .flag("creditOnHold", number % 2 == 0)
                        .instant("createdOn", Instant.EPOCH.plusSeconds(number));
        return switch (number % 4) {
            case 0 -> written.refers("parentAccount", "accounts", pick(accounts));
            case 1 -> written.refers("primaryContact", "contacts", pick(contacts));
            default -> written;
        };
    }

    private Written contact() {
        Written written =
                new Written()
                        .text("firstName", "First")
                        .text("lastName", "Last")
                        .text("jobTitle", String.valueOf(number))
                        .instant("createdOn", Instant.EPOCH.plusSeconds(number));
        return number % 2 == 0 ? written.refers("account", "accounts", pick(accounts)) : written;
    }

    private UUID pick(List<UUID> keys) {
        return keys.get(random.nextInt(keys.size()));
    }

    long swaps() {
        return swaps.get();
    }

    UUID anyAccount(RandomGenerator chosenBy) {
        return accounts.get(chosenBy.nextInt(accounts.size()));
    }

    Optional<UUID> latestAccount() {
        return Optional.ofNullable(latestAccount);
    }

    Ledger accountLedger() {
        return accountLedger;
    }

    Ledger contactLedger() {
        return contactLedger;
    }
}
