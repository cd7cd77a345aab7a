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
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Sends operations, each in one request. Thread-safe. */
final class Requests {

    private static final int WITH_PARENT_PERCENT = 33;

    /** What an operation was about and what became of it. */
    record Reply(UUID key, Outcome outcome) {}

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
            boolean found = client.read(set, key).isPresent();
            return new Reply(key, found ? accepted() : new Refused("NotFound"));
        } catch (InstanceFault fault) {
            return new Reply(key, outcome(fault));
        }
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
        AtomicReference<References> references = new AtomicReference<>(References.NOT_SHOWN);
        Outcome outcome =
                outcome(() ->
                        target.create(
                                Contoso.TICKETS,
                                ticket,
                                shown -> references.set(references(shown))));
        if (outcome instanceof Accepted) {
            population.ticket(ticket.ticketId());
            outcome = new Accepted(references.get());
        }
        return new Reply(ticket.ticketId(), outcome);
    }

    private static References references(Entry<Ticket> shown) {
        return switch (shown) {
            case Entry.Hydrated<Ticket> ticket ->
                    ticket.references().values().stream()
                                    .anyMatch(one -> one.state() == RecordState.PLACEHOLDER)
                            ? References.PLACEHOLDER
                            : References.HYDRATED;
            case Entry.Placeholder<Ticket> _ -> References.NOT_SHOWN;
        };
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
