package dev.understudy.lob.report;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.contoso.Ticket.Status;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Tickets and names that the tests of the report share. */
final class ReportSamples {

    static final UUID CONTOSO = new UUID(1, 1);
    static final UUID ANNA = new UUID(2, 1);
    static final Names NAMES = new Names(Map.of(CONTOSO, "Contoso"), Map.of(ANNA, "Anna Kühn"));

    private ReportSamples() {}

    static Entry.Hydrated<Ticket> ticket(
            int number, Ticket.Parties parties, Map<String, RecordState> states) {
        return new Entry.Hydrated<>(
                ticket(number, parties, new Ticket.Triage(Priority.HIGH, Status.OPEN)), states);
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
