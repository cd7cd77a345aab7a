package dev.understudy.chaos.load;

import dev.understudy.chaos.check.Steps;
import dev.understudy.chaos.time.Polling;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.Ticket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes, deletes and re-creates tickets at the target as fast as it answers, each about an account
 * that the source has just accepted, and knows what must be there afterwards.
 */
public final class TicketLoad implements AutoCloseable {
    private static final int ENTITIES = 60;

    private final TrackedWrites target;
    private final long seed;
    private final Duration pause;
    private final Supplier<UUID> account;
    private final Random random;
    private final List<UUID> tickets = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private final Thread thread;
    private volatile boolean stopped;

    private TicketLoad(URI targetUrl, long seed, Duration pause, Supplier<UUID> account) {
        this.target = new TrackedWrites(targetUrl);
        this.seed = seed;
        this.pause = pause;
        this.account = account;
        this.random = new Random(-seed);
        for (int i = 0; i < ENTITIES; i++) {
            tickets.add(new UUID(random.nextLong(), random.nextLong()));
        }
        this.thread = Thread.ofPlatform().daemon().name("ticket-load").start(this::write);
    }

    /** Starts writing, on one thread that pauses between two writes. */
    public static TicketLoad start(
            URI targetUrl, long seed, Duration pause, Supplier<UUID> account) {
        return new TicketLoad(targetUrl, seed, pause, account);
    }

    private void write() {
        for (int i = 0; !stopped; i++) {
            Polling.pause(pause);
            UUID ticket = tickets.get(random.nextInt(ENTITIES));
            if (random.nextInt(10) == 0) {
                target.delete(Contoso.TICKETS, ticket, ledger);
            } else {
                target.write(Contoso.TICKETS, ticket, ticket(i), ledger);
            }
        }
    }

    private Written ticket(int number) {
        return new Written()
                .text("ticketNumber", "K-%d-%d".formatted(seed, number))
                .text("title", "Ticket " + number)
                .text("description", number)
                .text("priority", Ticket.Priority.HIGH)
                .text("status", Ticket.Status.OPEN)
                .refers("account", "accounts", account.get())
                .instant("openedOn", Instant.EPOCH.plusSeconds(number));
    }

    /** Ends the writing and waits for the last answer. */
    public void stop() {
        stopped = true;
        Polling.ends(thread);
    }

    /** Entities that {@link #lost} judges. */
    public long judged() {
        return ledger.keys().size();
    }

    /** How many versions each ticket must have, and may. */
    Map<UUID, Steps> steps() {
        return ledger.steps();
    }

    /** Whether the writer has not ended. */
    public boolean isWriting() {
        return thread.isAlive();
    }

    /** What became of the writes. */
    public TrackedWrites writes() {
        return target;
    }

    /** What the target does not have as it must. Only after {@link #stop}. */
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        target.check(Contoso.TICKETS, ledger, Contents::of, lost);
        return lost;
    }

    @Override
    public void close() {
        stop();
        target.close();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
