package dev.understudy.lob;

import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.Submission;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.Directory;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.report.Names;
import dev.understudy.lob.report.ProblemTicketReport;
import dev.understudy.lob.report.ReportOutcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
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
 * The line-of-business app: keeps reference data at the source, submits tickets to the target, and
 * reports on both. It knows either instance only over HTTP. Thread-safe.
 */
public final class LineOfBusiness implements AutoCloseable {

    private final InstanceClient source;
    private final InstanceClient target;

    public LineOfBusiness(InstanceSettings source, InstanceSettings target) {
        this.source = new InstanceClient(source);
        this.target = new InstanceClient(target);
    }

    /** The app between two instances at their base URLs, with the default settings. */
    public static LineOfBusiness between(URI source, URI target) {
        return new LineOfBusiness(InstanceSettings.at(source), InstanceSettings.at(target));
    }

    /**
     * Upserts accounts, then contacts, at the source; accounts name contacts that come later.
     * Idempotent.
     */
    public LoadResult loadReferenceData(ReferenceData data) {
        return new LoadResult(
                source.submit(Contoso.ACCOUNTS, data.accounts()),
                source.submit(Contoso.CONTACTS, data.contacts()));
    }

    /** What the source knows now: what tickets can be about. */
    public Directory readDirectory() {
        return Directory.readFrom(source);
    }

    /** Upserts tickets at the target; the same tickets may be submitted again. */
    public Submission submitTickets(List<Ticket> tickets) {
        return target.submit(Contoso.TICKETS, tickets);
    }

    /** The report on what the target has now. */
    public ProblemTicketReport report() {
        AtomicInteger read = new AtomicInteger();
        List<Entry.Hydrated<Ticket>> problems = new ArrayList<>();
        target.forEach(
                Contoso.TICKETS,
                entry -> {
                    read.incrementAndGet();
                    if (entry instanceof Entry.Hydrated<Ticket> ticket
                            && ticket.entity().isProblem()) {
                        problems.add(ticket);
                    }
                });
        return ProblemTicketReport.of(read.get(), problems, names(problems));
    }

    /** The report as a submission allows it: none when any of its tickets was not accepted. */
    public ReportOutcome reportOn(Submission tickets) {
        return tickets.complete()
                ? new ReportOutcome.Generated(report())
                : ReportOutcome.notGenerated(tickets);
    }

    /** The source knows best; the target's replica is asked for what the source no longer has. */
    private Names names(List<Entry.Hydrated<Ticket>> problems) {
        Directory directory = readDirectory();
        return new Names(
                names(
                        Contoso.ACCOUNTS,
                        directory.accounts(),
                        named(problems, Ticket.Parties::accountId),
                        account -> account.name()),
                names(
                        Contoso.CONTACTS,
                        directory.contacts(),
                        named(problems, Ticket.Parties::contactId),
                        contact -> contact.name().full()));
    }

    private <T> Map<UUID, String> names(
            EntitySet<T> set, Map<UUID, T> known, Set<UUID> wanted, Function<T, String> name) {
        Map<UUID, String> names = new HashMap<>();
        known.forEach((key, entity) -> names.put(key, name.apply(entity)));
        Set<UUID> missing =
                wanted.stream().filter(key -> !known.containsKey(key)).collect(Collectors.toSet());
        for (Entry<T> entry : target.readAll(set, missing)) {
            if (entry instanceof Entry.Hydrated<T>(T entity, _)) {
                names.put(set.key().apply(entity), name.apply(entity));
            }
        }
        return names;
    }

    private static Set<UUID> named(
            List<Entry.Hydrated<Ticket>> tickets, Function<Ticket.Parties, @Nullable UUID> party) {
        return tickets.stream()
                .map(ticket -> party.apply(ticket.entity().parties()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
