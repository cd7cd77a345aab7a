package dev.understudy.lob.report;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.contoso.Ticket.Status;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The problem tickets, most urgent first and the oldest of these first, with whom they are about.
 */
public record ProblemTicketReport(List<Row> rows, Summary summary, Coverage coverage) {

    private static final Comparator<Row> URGENCY =
            Comparator.comparing((Row row) -> row.ticket().triage().priority())
                    .reversed()
                    .thenComparing(row -> row.ticket().timeline().openedOn())
                    .thenComparing(row -> row.ticket().ticketId());

    /** A problem ticket and the parties it names. */
    public record Row(Ticket ticket, Party account, Party contact) {

        public boolean awaitsSynchronisation() {
            return account.awaitsSynchronisation() || contact.awaitsSynchronisation();
        }
    }

    /** Counts over all rows; {@code ticketsRead} counts all tickets, problems or not. */
    public record Summary(
            int ticketsRead,
            int problems,
            Map<Status, Integer> byStatus,
            Map<Priority, Integer> byPriority,
            int awaitingSynchronisation) {
        public Summary {
            byStatus = Collections.unmodifiableMap(byStatus);
            byPriority = Collections.unmodifiableMap(byPriority);
        }
    }

    public ProblemTicketReport {
        rows = List.copyOf(rows);
    }

    /**
     * Joins the problem tickets, with what the target says of their references, and the known
     * names.
     */
    static ProblemTicketReport of(TicketsRead tickets, Names names) {
        List<Row> rows =
                tickets.problems().stream()
                        .map(entry -> row(entry, names))
                        .sorted(URGENCY)
                        .toList();
        return new ProblemTicketReport(
                rows,
                new Summary(
                        tickets.total(),
                        rows.size(),
                        count(rows, Status.class, row -> row.ticket().triage().status()),
                        count(rows, Priority.class, row -> row.ticket().triage().priority()),
                        (int) rows.stream().filter(Row::awaitsSynchronisation).count()),
                Coverage.of(tickets, rows, names));
    }

    /**
     * Whether nothing is missing: no row names an entity that awaits synchronisation, the source
     * answered, and every name is known.
     */
    public boolean complete() {
        return summary.awaitingSynchronisation() == 0 && coverage.complete();
    }

    /** The accounts of the rows, those with most problem tickets first. */
    public List<AccountFigures> accounts() {
        return AccountFigures.of(rows);
    }

    /** The accounts and contacts that await synchronisation, those with most tickets first. */
    public List<WaitingEntity> waiting() {
        return WaitingEntity.of(rows);
    }

    /** What each figure rests on, and what is missing from it. */
    public List<Statement> statements() {
        return Statement.about(this);
    }

    private static Row row(Entry.Hydrated<Ticket> entry, Names names) {
        Ticket.Parties parties = entry.entity().parties();
        return new Row(
                entry.entity(),
                names.account(parties.accountId(), entry.reference("account")),
                names.contact(parties.contactId(), entry.reference("contact")));
    }

    private static <E extends Enum<E>> Map<E, Integer> count(
            List<Row> rows, Class<E> type, Function<Row, E> by) {
        Map<E, Integer> counts = new EnumMap<>(type);
        rows.forEach(row -> counts.merge(by.apply(row), 1, Integer::sum));
        return counts;
    }
}
