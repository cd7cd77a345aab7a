package dev.understudy.lob.report;

import dev.understudy.lob.client.Circuit;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.client.Reference;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.contoso.Ticket.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tickets and names that the tests of the report share. */
final class ReportSamples {

    static final UUID CONTOSO = new UUID(1, 1);
    static final UUID ANNA = new UUID(2, 1);
    static final Ticket.Parties BOTH = new Ticket.Parties(CONTOSO, ANNA);
    static final Names NAMES = names("Contoso", "Anna Kühn");

    /** Two days after the sample tickets were opened. */
    static final Instant AS_OF = Instant.ofEpochSecond(1_000_000L + 2 * 86_400 + 3_600);

    /** Since when what waits in the samples has been waiting. */
    static final Instant PLACED = AS_OF.minusSeconds(5 * 60);

    private ReportSamples() {}

    static ProblemTicketReport report(Names names, Entry.Hydrated<Ticket> ticket) {
        return report(50, List.of(ticket), names);
    }

    static ProblemTicketReport report(
            int total, List<Entry.Hydrated<Ticket>> problems, Names names) {
        return ProblemTicketReport.of(new TicketsRead(AS_OF, total, 0, problems), names);
    }

    static Names names(String account, String contact) {
        return new Names(
                known(CONTOSO, account, Origin.SOURCE, new Reach.Reached()),
                known(ANNA, contact, Origin.SOURCE, new Reach.Reached()));
    }

    /** As {@link #NAMES}, but the source is away and the target has no copy of the contact. */
    static Names namesWithoutSource() {
        Reach away =
                new Reach.Away(
                        InstanceFault.Code.UNREACHABLE,
                        "GET /accounts failed",
                        new Circuit.Closed(Instant.EPOCH));
        return new Names(
                known(CONTOSO, "Contoso", Origin.TARGET_COPY, away),
                new Names.Known(Map.of(), away));
    }

    private static Names.Known known(UUID key, String name, Origin origin, Reach source) {
        return new Names.Known(Map.of(key, new Names.Name(name, origin)), source);
    }

    static Entry.Hydrated<Ticket> ticket(
            int number, Ticket.Parties parties, Map<String, RecordState> states) {
        return new Entry.Hydrated<>(
                ticket(number, parties, new Ticket.Triage(Priority.HIGH, Status.OPEN)),
                states.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, state -> reference(state.getValue()))));
    }

    private static Reference reference(RecordState state) {
        return new Reference(state, state == RecordState.PLACEHOLDER ? PLACED : null);
    }

    static Ticket ticket(int number, Ticket.Parties parties, Ticket.Triage triage) {
        return new Ticket(
                new UUID(3, number),
                "T-16-1-%05d".formatted(number),
                new Ticket.Subject("Invoice run is slow since the update", null),
                triage,
                parties,
                new Ticket.Timeline(Instant.ofEpochSecond(1_000_000L + number), null));
    }
}
