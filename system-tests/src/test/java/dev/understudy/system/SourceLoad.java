package dev.understudy.system;

import dev.understudy.lob.client.Body;
import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.WriteResult;
import dev.understudy.lob.contoso.Contoso;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Writes, deletes and re-creates accounts and contacts, which refer to each other, at the source as
 * fast as it answers, over HTTP, and knows what must be there afterwards. Each entity is written by
 * one thread.
 */
final class SourceLoad implements AutoCloseable {
    private static final int THREADS = 4;

    /** Leaves the machine to those that are tested. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final InstanceClient source;
    private final List<Writer> writers = new ArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private volatile boolean stopped;

    private SourceLoad(URI sourceUrl) {
        this.source = new InstanceClient(InstanceSettings.at(sourceUrl));
    }

    /** Starts writing. The seed decides what is written, not how it interleaves. */
    static SourceLoad start(URI sourceUrl, long seed) {
        SourceLoad load = new SourceLoad(sourceUrl);
        for (int i = 0; i < THREADS; i++) {
            load.writers.add(load.new Writer(new Random(seed + i)));
        }
        return load;
    }

    /** One thread with the entities that only it writes. */
    private final class Writer {
        private static final int ENTITIES = 40;

        private final Random random;
        private final List<UUID> accounts = new ArrayList<>();
        private final List<UUID> contacts = new ArrayList<>();
        private final Ledger accountLedger = new Ledger();
        private final Ledger contactLedger = new Ledger();
        private final Thread thread;

        Writer(Random random) {
            this.random = random;
            for (int i = 0; i < ENTITIES; i++) {
                accounts.add(new UUID(random.nextLong(), random.nextLong()));
                contacts.add(new UUID(random.nextLong(), random.nextLong()));
            }
            this.thread = Thread.ofPlatform().start(this::write);
        }

        private void write() {
            for (int i = 0; !stopped; i++) {
                LockSupport.parkNanos(PAUSE.toNanos());
                if (random.nextInt(3) == 0) {
                    write(Contoso.CONTACTS, contactLedger, pick(contacts), contact(i), i);
                } else {
                    write(Contoso.ACCOUNTS, accountLedger, pick(accounts), account(i), i);
                }
            }
        }

        private void write(EntitySet<?> set, Ledger ledger, UUID key, Body body, int number) {
            boolean delete = random.nextInt(10) == 0;
            String written = delete ? Ledger.GONE : String.valueOf(number);
            try {
                WriteResult result =
                        delete ? source.delete(set, key) : source.update(set, key, body);
                if (result instanceof WriteResult.Accepted) {
                    accepted.incrementAndGet();
                    deleted.addAndGet(delete ? 1 : 0);
                    ledger.accepted(key, written);
                }
            } catch (InstanceFault fault) {
                unanswered.incrementAndGet();
                ledger.unanswered(key, written);
                Eventually.passes(Duration.ofMillis(100));
            }
        }

        /**
         * References go to what may not be there yet, or no more: these are refused, and are not in
         * the ledger.
         */
        private Body account(int number) {
            Body body =
                    new Body()
                            .text("accountNumber", "A-" + number)
                            .text("name", "Account " + number)
                            .number("employees", number)
                            .flag("creditOnHold", number % 2 == 0)
                            .instant("createdOn", Instant.EPOCH.plusSeconds(number));
            return switch (number % 4) {
                case 0 -> body.bind("parentAccount", "accounts", pick(accounts));
                case 1 -> body.bind("primaryContact", "contacts", pick(contacts));
                default -> body;
            };
        }

        private Body contact(int number) {
            Body body =
                    new Body()
                            .text("firstName", "First")
                            .text("lastName", "Last")
                            .text("jobTitle", String.valueOf(number))
                            .instant("createdOn", Instant.EPOCH.plusSeconds(number));
            return number % 2 == 0 ? body.bind("account", "accounts", pick(accounts)) : body;
        }

        private UUID pick(List<UUID> keys) {
            return keys.get(random.nextInt(keys.size()));
        }
    }

    /** Ends the writing and waits for the last answers. */
    void stop() {
        stopped = true;
        writers.forEach(writer -> Eventually.ends(writer.thread));
    }

    long accepted() {
        return accepted.get();
    }

    long deleted() {
        return deleted.get();
    }

    /**
     * What the source does not have as it must; empty if no accepted write was lost. Only after
     * {@link #stop}.
     */
    List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (Writer writer : writers) {
            check(
                    writer.accountLedger,
                    Contoso.ACCOUNTS,
                    account -> account.profile().employees(),
                    lost);
            check(
                    writer.contactLedger,
                    Contoso.CONTACTS,
                    contact -> contact.details().jobTitle(),
                    lost);
        }
        return lost;
    }

    private <T> void check(
            Ledger ledger, EntitySet<T> set, Function<T, Object> number, List<String> lost) {
        ledger.forEach((key, allowed) -> {
            String found =
                    source.read(set, key)
                            .filter(entry -> entry instanceof Entry.Hydrated<T>)
                            .map(entry ->
                                    String.valueOf(
                                            number.apply(((Entry.Hydrated<T>) entry).entity())))
                            .orElse(Ledger.GONE);
            if (!allowed.contains(found)) {
                lost.add("%s %s: %s, not %s".formatted(set.name(), key, found, allowed));
            }
        });
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
