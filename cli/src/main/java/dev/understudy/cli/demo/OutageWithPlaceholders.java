package dev.understudy.cli.demo;

import dev.understudy.lob.client.Submission;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.report.ReportOutcome;
import dev.understudy.lob.report.TerminalReport;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Act 3: the same outage, the same tickets; placeholders stand in for what has not arrived. */
final class OutageWithPlaceholders implements Act {
    private static final String FOREIGN_KEYS =
            """
            SELECT count(*) FROM pg_constraint
             WHERE contype = 'f' AND convalidated AND conrelid = 'contoso_crm.ticket'::regclass\
            """;

    @Override
    public String title() {
        return "Act 3: the same outage, with placeholders";
    }

    @Override
    public List<Check> play(Stage stage) throws SQLException {
        Cast cast = stage.cast();
        stage.sandbox().europe().restartWith(Map.of());
        stage.progress().say("europe: restarted with the policy 'placeholder'");

        List<Ticket> tickets = LateTickets.of(stage);
        Submission submission = stage.app().submitTickets(tickets);
        stage.progress().say("europe: %,d tickets accepted", submission.accepted());
        long accounts = stage.countAtTarget("account", 'p');
        long contacts = stage.countAtTarget("contact", 'p');
        long foreignKeys = stage.countAtTarget(FOREIGN_KEYS);
        stage.progress()
                .say(
                        "europe: placeholders stand in for %,d accounts and %,d contacts",
                        accounts, contacts);

        List<Check> checks = new ArrayList<>();
        checks.add(Check.count("tickets accepted", cast.lateTickets(), submission.accepted()));
        checks.add(
                Check.count(
                        "a placeholder for each new account", distinct(tickets, true), accounts));
        checks.add(
                Check.count(
                        "a placeholder for each new contact", distinct(tickets, false), contacts));
        checks.add(Check.count("the tickets' foreign keys on", 2, foreignKeys));
        checks.add(report(stage, stage.app().reportOn(submission)));
        return checks;
    }

    private static Check report(Stage stage, ReportOutcome outcome) {
        return switch (outcome) {
            case ReportOutcome.Generated(var report) -> {
                stage.progress().show(new TerminalReport(120, 8).render(report).indent(2));
                stage.keep("act-3-outage-with-placeholders", report);
                int waiting = report.summary().awaitingSynchronisation();
                yield new Check(
                        "report marks what waits",
                        waiting > 0,
                        "%,d rows marked".formatted(waiting));
            }
            case ReportOutcome.NotGenerated(String reason) ->
                    new Check("report marks what waits", false, "not generated: " + reason);
        };
    }

    private static long distinct(List<Ticket> tickets, boolean account) {
        return tickets.stream()
                .map(ticket ->
                        account ? ticket.parties().accountId() : ticket.parties().contactId())
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }
}
