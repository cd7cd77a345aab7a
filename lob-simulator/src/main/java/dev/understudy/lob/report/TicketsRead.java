package dev.understudy.lob.report;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.contoso.Ticket;
import java.time.Instant;
import java.util.List;

/**
 * What was read of the target's tickets: when the reading began, how many there were, how many of
 * them were placeholders, and the problem tickets.
 */
record TicketsRead(
        Instant asOf, int total, int placeholders, List<Entry.Hydrated<Ticket>> problems) {

    TicketsRead {
        problems = List.copyOf(problems);
    }
}
