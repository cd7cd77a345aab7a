package dev.understudy.lob.load;

import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.client.WriteResult;
import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.load.Outcome.Accepted;
import dev.understudy.lob.load.Outcome.CircuitOpen;
import dev.understudy.lob.load.Outcome.References;
import dev.understudy.lob.load.Outcome.Refused;
import dev.understudy.lob.load.Outcome.Unanswered;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends operations, each in one request. Thread-safe. */
final class Requests {

    private static final int WITH_PARENT_PERCENT = 33;

    /**
     * What an operation was about, what became of it, and the placeholders that a new ticket's
     * answer showed it to refer to.
     */
    record Reply(UUID key, Outcome outcome, Set<UUID> placeholders) {

        Reply(UUID key, Outcome outcome) {
            this(key, outcome, Set.of());
        }
    }

    private final InstanceClient source;
    private final InstanceClient target;
    private final LoadData data;
    private final Population population;

    Requests(InstanceClient source, InstanceClient target, LoadData data) {
        this.source = source;
        this.target = target;
        this.data = data;
        this.population = new Population(data.base());
    }

    Reply send(Arrival arrival) {
        SplittableRandom random = new SplittableRandom(arrival.seed());
        return switch (arrival.operation()) {
            case READ_SOURCE ->
                    read(source, Contoso.ACCOUNTS, population.customer(random).accountId());
            case READ_TARGET ->
                    population
                            .ticket(random)
                            .map(ticket -> read(target, Contoso.TICKETS, ticket))
                            .orElseGet(() -> readReplica(population.customer(random).accountId()));
            case CREATE -> create(arrival.number(), random);
            case UPDATE -> update(population.customer(random).accountId(), random);
            case TICKET -> ticket(arrival.number(), random);
        };
    }

    private static <T> Reply read(InstanceClient client, EntitySet<T> set, UUID key) {
        try {
            return new Reply(key, outcome(client.read(set, key)));
        } catch (InstanceFault fault) {
            return new Reply(key, outcome(fault));
        }
    }

    /** What was acknowledged must be there with its content. */
    private static <T> Outcome outcome(Optional<Entry<T>> read) {
        return switch (read.orElse(null)) {
            case null -> new Refused("NotFound");
            case Entry.Placeholder<T> _ -> new Refused("Placeholder");
            case Entry.Hydrated<T> _ -> accepted();
        };
    }

    /** Before the first ticket: a replica that has not arrived yet is an answer, too. */
    private Reply readReplica(UUID account) {
        Reply reply = read(target, Contoso.ACCOUNTS, account);
        return reply.outcome() instanceof Refused ? new Reply(account, accepted()) : reply;
    }

    private Reply create(int number, SplittableRandom random) {
        UUID parent =
                random.nextInt(100) < WITH_PARENT_PERCENT
                        ? population.customer(random).accountId()
                        : null;
        Account account = data.account(number, parent);
        Outcome outcome = outcome(() -> source.create(Contoso.ACCOUNTS, account));
        if (outcome instanceof Accepted) {
            population.account(account.accountId());
        }
        return new Reply(account.accountId(), outcome);
    }

    private Reply update(UUID account, SplittableRandom random) {
        return new Reply(
                account,
                outcome(() ->
                        source.update(Contoso.ACCOUNTS, account, data.accountChange(random))));
    }

    private Reply ticket(int number, SplittableRandom random) {
        Ticket ticket = data.ticket(number, population.customer(random), random);
        AtomicReference<@Nullable Set<UUID>> placeholders = new AtomicReference<>();
        Outcome outcome =
                outcome(() ->
                        target.create(
                                Contoso.TICKETS,
                                ticket,
                                shown -> placeholders.set(placeholders(shown))));
        Set<UUID> shown = placeholders.get();
        if (outcome instanceof Accepted) {
            population.ticket(ticket.ticketId());
            outcome = new Accepted(references(shown));
        }
        return new Reply(ticket.ticketId(), outcome, shown == null ? Set.of() : shown);
    }

    private static References references(@Nullable Set<UUID> placeholders) {
        if (placeholders == null) {
            return References.NOT_SHOWN;
        }
        return placeholders.isEmpty() ? References.HYDRATED : References.PLACEHOLDER;
    }

    private static @Nullable Set<UUID> placeholders(Entry<Ticket> shown) {
        if (!(shown instanceof Entry.Hydrated<Ticket> ticket)) {
            return null;
        }
        Set<UUID> placeholders = new HashSet<>();
        Ticket.Parties parties = ticket.entity().parties();
        if (isPlaceholder(ticket, "account")) {
            placeholders.add(parties.accountId());
        }
        if (parties.contactId() != null && isPlaceholder(ticket, "contact")) {
            placeholders.add(parties.contactId());
        }
        return placeholders;
    }

    private static boolean isPlaceholder(Entry.Hydrated<Ticket> ticket, String navigation) {
        return ticket.reference(navigation).state() == RecordState.PLACEHOLDER;
    }

    /** A write that may find no usable answer. */
    private interface Write {
        WriteResult send();
    }

    private static Outcome outcome(Write write) {
        try {
            return switch (write.send()) {
                case WriteResult.Accepted _ -> accepted();
                case WriteResult.Refused(_, String code, _) -> new Refused(code);
            };
        } catch (InstanceFault fault) {
            return outcome(fault);
        }
    }

    private static Outcome outcome(InstanceFault fault) {
        return fault.code() == Code.CIRCUIT_OPEN
                ? new CircuitOpen()
                : new Unanswered(fault.code().name());
    }

    private static Accepted accepted() {
        return new Accepted(References.NOT_SHOWN);
    }
}
