package dev.understudy.cli.demo;

import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Tickets;
import java.util.List;

/** The tickets about entities that were created during the outage: the same in act 2 and act 3. */
final class LateTickets {
    private LateTickets() {}

    static List<Ticket> of(Stage stage) {
        Cast cast = stage.cast();
        return Tickets.generate(cast.lateBatch(), cast.lateTickets(), stage.memory().late());
    }
}
