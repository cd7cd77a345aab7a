package dev.understudy.lob.report;

import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.Directory;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.report.Names.Known;
import dev.understudy.lob.report.Names.Name;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report: tickets from the target, names from the source, from the target's copy what the
 * source does not tell, and of the rest what is remembered of an away source. A source that is away
 * is noted; a target that is away is an {@link InstanceFault}.
 */
public record ReportReader(
        InstanceClient source, InstanceClient target, Clock clock, Directory remembered) {

    /** Reads both instances; each entity set is read page by page while it may be written to. */
    public ProblemTicketReport read() {
        TicketsRead tickets = tickets();
        Known accounts =
                known(
                        Contoso.ACCOUNTS,
                        named(tickets, Ticket.Parties::accountId),
                        account -> account.name(),
                        remembered.accounts(),
                        new Reach.Reached());
        Known contacts =
                known(
                        Contoso.CONTACTS,
                        named(tickets, Ticket.Parties::contactId),
                        contact -> contact.name().full(),
                        remembered.contacts(),
                        accounts.source());
        return ProblemTicketReport.of(tickets, new Names(accounts, contacts));
    }

    private TicketsRead tickets() {
        Instant asOf = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        AtomicInteger total = new AtomicInteger();
        AtomicInteger placeholders = new AtomicInteger();
        List<Entry.Hydrated<Ticket>> problems = new ArrayList<>();
        target.forEach(
                Contoso.TICKETS,
                entry -> {
                    total.incrementAndGet();
                    switch (entry) {
                        case Entry.Placeholder<Ticket> _ -> placeholders.incrementAndGet();
                        case Entry.Hydrated<Ticket> ticket -> {
                            if (ticket.entity().isProblem()) {
                                problems.add(ticket);
                            }
                        }
                    }
                });
        return new TicketsRead(asOf, total.get(), placeholders.get(), problems);
    }

    /** A source that was found away is not asked again: every question may cost its time-out. */
    private <T> Known known(
            EntitySet<T> set,
            Set<UUID> wanted,
            Function<T, String> name,
            Map<UUID, T> memory,
            Reach soFar) {
        Map<UUID, Name> names = new HashMap<>();
        Reach reach =
                switch (soFar) {
                    case Reach.Away away -> away;
                    case Reach.Reached _ -> askSource(set, wanted, name, names);
                };
        Set<UUID> missing = new HashSet<>(wanted);
        missing.removeAll(names.keySet());
        for (Entry<T> entry : target.readAll(set, missing)) {
            put(set, entry, name, Origin.TARGET_COPY, names);
        }
        if (reach instanceof Reach.Away) {
            memory.forEach((key, entity) -> {
                if (wanted.contains(key)) {
                    names.putIfAbsent(key, new Name(name.apply(entity), Origin.MEMORY));
                }
            });
        }
        return new Known(names, reach);
    }

    private <T> Reach askSource(
            EntitySet<T> set, Set<UUID> wanted, Function<T, String> name, Map<UUID, Name> names) {
        if (wanted.isEmpty()) {
            return new Reach.Reached();
        }
        try {
            source.forEach(set, entry -> put(set, entry, name, Origin.SOURCE, names));
            return new Reach.Reached();
        } catch (InstanceFault fault) {
            if (fault.code() == InstanceFault.Code.INTERRUPTED) {
                throw fault;
            }
            return new Reach.Away(
                    fault.code(), String.valueOf(fault.getMessage()), source.circuit());
        } finally {
            names.keySet().retainAll(wanted);
        }
    }

    private static <T> void put(
            EntitySet<T> set,
            Entry<T> entry,
            Function<T, String> name,
            Origin origin,
            Map<UUID, Name> names) {
        if (entry instanceof Entry.Hydrated<T>(T entity, _)) {
            names.put(set.key().apply(entity), new Name(name.apply(entity), origin));
        }
    }

    private static Set<UUID> named(
            TicketsRead tickets, Function<Ticket.Parties, @Nullable UUID> party) {
        return tickets.problems().stream()
                .map(ticket -> party.apply(ticket.entity().parties()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
