package dev.understudy.system;

import dev.understudy.lob.client.Body;
import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.contoso.Contoso;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes, deletes and re-creates accounts and contacts, which refer to each other, at the source as
 * fast as it answers, over HTTP, and knows what must be there afterwards. Each entity is written by
 * one thread.
 */
final class SourceLoad implements AutoCloseable {
    private static final int THREADS = 4;

    /** Leaves the machine to those that are tested. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final TrackedWrites source;
    private final Duration pause;
    private final List<Writer> writers = new ArrayList<>();
    private volatile boolean stopped;

    private SourceLoad(URI sourceUrl, Duration pause) {
        this.source = new TrackedWrites(sourceUrl);
        this.pause = pause;
    }

    /** Starts writing. The seed decides what is written, not how it interleaves. */
    static SourceLoad start(URI sourceUrl, long seed) {
        return start(sourceUrl, seed, THREADS, PAUSE);
    }

    /** The same with so many writers, each of which pauses between two writes. */
    static SourceLoad start(URI sourceUrl, long seed, int threads, Duration pause) {
        SourceLoad load = new SourceLoad(sourceUrl, pause);
        for (int i = 0; i < threads; i++) {
            load.writers.add(load.new Writer(new Random(seed * THREADS + i)));
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
                LockSupport.parkNanos(pause.toNanos());
                if (random.nextInt(3) == 0) {
                    write(Contoso.CONTACTS, contactLedger, pick(contacts), contact(i), i);
                } else {
                    write(Contoso.ACCOUNTS, accountLedger, pick(accounts), account(i), i);
                }
            }
        }

        private void write(EntitySet<?> set, Ledger ledger, UUID key, Body body, int number) {
            if (random.nextInt(10) == 0) {
                source.delete(set, key, ledger);
            } else {
                source.write(set, key, body, ledger, String.valueOf(number));
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

    /** Whether no writer has ended. */
    boolean isWriting() {
        return writers.stream().allMatch(writer -> writer.thread.isAlive());
    }

    TrackedWrites writes() {
        return source;
    }

    /**
     * What the source does not have as it must; empty if no accepted write was lost. Only after
     * {@link #stop}.
     */
    List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (Writer writer : writers) {
            source.check(
                    Contoso.ACCOUNTS,
                    writer.accountLedger,
                    account -> account.profile().employees(),
                    lost);
            source.check(
                    Contoso.CONTACTS,
                    writer.contactLedger,
                    contact -> contact.details().jobTitle(),
                    lost);
        }
        return lost;
    }

    @Override
    public void close() {
        stop();
        source.close();
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
