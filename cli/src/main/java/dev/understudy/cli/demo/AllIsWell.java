package dev.understudy.cli.demo;

import dev.understudy.lob.client.Submission;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Tickets;
import dev.understudy.lob.report.ProblemTicketReport;
import dev.understudy.store.digest.TypeVerdict;
import java.sql.SQLException;
import java.util.List;

/** Act 1: what is created at the source is replicated, and tickets about it are accepted. */
final class AllIsWell implements Act {
    @Override
    public String title() {
        return "Act 1: all is well";
    }

    @Override
    public List<Check> play(Stage stage) throws SQLException {
        Cast cast = stage.cast();
        Entities.Created created = stage.script().entities().createFirst(stage);
        stage.progress()
                .say(
                        "us: %,d accounts and %,d contacts created",
                        created.accounts(), created.contacts());
        List<TypeVerdict> verdicts = stage.awaitConvergence();
        stage.progress().say("europe: replicated, every row is equal");

        stage.memory().keepFirst(stage.app().readDirectory());
        List<Ticket> tickets =
                Tickets.generate(cast.knownBatch(), cast.knownTickets(), stage.memory().first());
        Submission submission = stage.app().submitTickets(tickets);
        stage.progress().say("europe: %,d tickets accepted", submission.accepted());
        ProblemTicketReport report = stage.app().report();
        stage.keep("act-1-all-is-well", report);
        return List.of(
                new Check("accounts and contacts created", created.complete(), created.seen()),
                Replicas.equal(verdicts),
                Check.count("tickets accepted", cast.knownTickets(), submission.accepted()),
                new Check(
                        "report complete",
                        report.complete() && !report.rows().isEmpty(),
                        "%,d problem tickets".formatted(report.rows().size())));
    }
}
