package dev.understudy.system;

import dev.understudy.lob.client.Body;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.WriteResult;
import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Contoso;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes, deletes and re-creates accounts at the source as fast as it answers, over HTTP, and keeps
 * a ledger of what must be there afterwards. Each account is written by one thread, so that its
 * last accepted write is known; a write that was not answered may have happened or not.
 */
final class AccountLoad implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int ACCOUNTS_PER_THREAD = 50;
    private static final String GONE = "gone";

    private final InstanceClient source;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<UUID, Set<String>> ledger = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private volatile boolean stopped;

    private AccountLoad(URI sourceUrl) {
        this.source = new InstanceClient(InstanceSettings.at(sourceUrl));
    }

    /** Starts writing. The seed decides what is written, not how it interleaves. */
    static AccountLoad start(URI sourceUrl, long seed) {
        AccountLoad load = new AccountLoad(sourceUrl);
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            load.threads.add(
                    Thread.ofPlatform().start(() -> load.write(new Random(seed + number), number)));
        }
        return load;
    }

    private void write(Random random, int thread) {
        List<UUID> keys = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS_PER_THREAD; i++) {
            keys.add(new UUID(random.nextLong(), random.nextLong()));
        }
        for (int i = 0; !stopped; i++) {
            UUID key = keys.get(random.nextInt(keys.size()));
            UUID parent = keys.get(random.nextInt(keys.size()));
            boolean delete = random.nextInt(10) == 0;
            String expected = delete ? GONE : String.valueOf(i);
            try {
                WriteResult result =
                        delete
                                ? source.delete(Contoso.ACCOUNTS, key)
                                : source.update(Contoso.ACCOUNTS, key, account(thread, i, parent));
                if (result instanceof WriteResult.Accepted) {
                    accepted.incrementAndGet();
                    deleted.addAndGet(delete ? 1 : 0);
                    ledger.put(key, Set.of(expected));
                }
            } catch (InstanceFault fault) {
                unanswered.incrementAndGet();
                uncertain(key, expected);
                Eventually.passes(java.time.Duration.ofMillis(100));
            }
        }
    }

    /** The write may have happened: from now on the account is as it was, or as it would be. */
    private void uncertain(UUID key, String expected) {
        Set<String> allowed = new HashSet<>(ledger.getOrDefault(key, Set.of(GONE)));
        allowed.add(expected);
        ledger.put(key, allowed);
    }

    private static Body account(int thread, int number, UUID parent) {
        Body body =
                new Body()
                        .text("accountNumber", "A-" + thread + "-" + number)
                        .text("name", "Account " + number)
                        .number("employees", number)
                        .flag("creditOnHold", number % 2 == 0)
                        .instant("createdOn", Instant.EPOCH.plusSeconds(number));
        return number % 3 == 0 ? body.bind("parentAccount", "accounts", parent) : body;
    }

    /** Ends the writing and waits for the last answers. */
    void stop() {
        stopped = true;
        threads.forEach(Eventually::ends);
    }

    long accepted() {
        return accepted.get();
    }

    long deleted() {
        return deleted.get();
    }

    /** What the source does not have as the ledger says; empty if nothing was lost. */
    List<String> lost() {
        List<String> lost = new ArrayList<>();
        ledger.forEach((key, allowed) -> {
            String found =
                    source.read(Contoso.ACCOUNTS, key).flatMap(AccountLoad::employees).orElse(GONE);
            if (!allowed.contains(found)) {
                lost.add("%s: %s, not %s".formatted(key, found, allowed));
            }
        });
        return lost;
    }

    private static Optional<String> employees(Entry<Account> entry) {
        return switch (entry) {
            case Entry.Hydrated<Account>(Account account, _) ->
                    Optional.of(String.valueOf(account.profile().employees()));
            case Entry.Placeholder<Account> _ -> Optional.empty();
        };
    }

    @Override
    public void close() {
        stop();
        source.close();
    }

    @Override
    public String toString() {
        return "%d writes accepted, %d of them deletions, %d unanswered"
                .formatted(accepted.get(), deleted.get(), unanswered.get());
    }
}
