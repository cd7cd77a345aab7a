package dev.understudy.cli.demo;

import dev.understudy.lob.client.Circuit;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.Submission;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Tickets;
import dev.understudy.lob.report.Coverage;
import dev.understudy.lob.report.ProblemTicketReport;
import dev.understudy.lob.report.Reach;
import dev.understudy.lob.report.ReportOutcome;
import dev.understudy.lob.report.TerminalReport;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Act 3: the same outage, the same tickets, and the source goes down as well; placeholders stand in
 * for what has not arrived, and the app goes on with what it knows.
 */
final class OutageWithPlaceholders implements Act {
    private static final int MOST_QUESTIONS = 10;
    private static final String FOREIGN_KEYS =
            """
            SELECT count(*) FROM pg_constraint
             WHERE contype = 'f' AND convalidated AND conrelid = 'contoso_crm.ticket'::regclass\
            """;

    @Override
    public String title() {
        return "Act 3: with placeholders, and the source down as well";
    }

    @Override
    public List<Check> play(Stage stage) throws SQLException {
        stage.sandbox().europe().restartWith(Map.of());
        stage.progress().say("europe: restarted with the policy 'placeholder'");
        List<Check> checks = new ArrayList<>();
        checks.add(sourceGoesDown(stage));
        checks.addAll(ticketsAreTaken(stage));
        return checks;
    }

    private static Check sourceGoesDown(Stage stage) {
        stage.sandbox().us().kill();
        stage.progress().say("us: killed");
        for (int i = 0; i < MOST_QUESTIONS && !isOpen(stage.app().sourceCircuit()); i++) {
            ask(stage);
        }
        Circuit circuit = stage.app().sourceCircuit();
        stage.progress().say("app: the circuit to us is %s", circuit.words());
        InstanceFault.Code code = ask(stage);
        boolean open = isOpen(circuit) && isOpen(stage.app().sourceCircuit());
        return new Check(
                "circuit to the source open",
                open,
                open ? "since " + circuit.since() : circuit.words() + ", " + code);
    }

    private static InstanceFault.Code ask(Stage stage) {
        try {
            stage.app().readDirectory();
            throw new IllegalStateException("us answered after it was killed");
        } catch (InstanceFault fault) {
            stage.progress().say("app: us does not answer (%s)", fault.code());
            return fault.code();
        }
    }

    private static boolean isOpen(Circuit circuit) {
        return !(circuit instanceof Circuit.Closed);
    }

    private static List<Check> ticketsAreTaken(Stage stage) throws SQLException {
        Cast cast = stage.cast();
        Memory memory = stage.memory();
        List<Ticket> late = LateTickets.of(stage);
        Submission submission = stage.app().submitTickets(late);
        stage.progress()
                .say("europe: %,d tickets about new customers accepted", submission.accepted());
        long placeholders = stage.placeholdersAtTarget();
        stage.progress().say("europe: %,d placeholders stand in", placeholders);

        List<Ticket> later =
                Tickets.generate(cast.laterBatch(), cast.laterTickets(), memory.firstAnd(late));
        Submission more = stage.app().submitTickets(later);
        long morePlaceholders = stage.placeholdersAtTarget() - placeholders;
        stage.progress().say("europe: %,d tickets about known customers accepted", more.accepted());

        List<Check> checks = new ArrayList<>();
        checks.add(Check.count("tickets accepted", cast.lateTickets(), submission.accepted()));
        checks.add(
                Check.count(
                        "a placeholder for each new account",
                        memory.newAccounts(late).size(),
                        stage.countAtTarget("account", 'p', memory.newAccounts(late))));
        if (!memory.newContacts(late).isEmpty()) {
            checks.add(
                    Check.count(
                            "a placeholder for each new contact",
                            memory.newContacts(late).size(),
                            stage.countAtTarget("contact", 'p', memory.newContacts(late))));
        }
        checks.add(Check.count("tickets about known keys accepted", later.size(), more.accepted()));
        checks.add(
                new Check(
                        "no placeholder for these",
                        morePlaceholders == 0,
                        "%,d more".formatted(morePlaceholders)));
        checks.add(
                Check.count("the tickets' foreign keys on", 2, stage.countAtTarget(FOREIGN_KEYS)));
        checks.addAll(report(stage, stage.app().reportOn(submission)));
        return checks;
    }

    private static List<Check> report(Stage stage, ReportOutcome outcome) {
        return switch (outcome) {
            case ReportOutcome.Generated(var report) -> {
                stage.progress().show(new TerminalReport(120, 8).render(report).indent(2));
                stage.keep("act-3-outage-with-placeholders", report);
                yield checks(report);
            }
            case ReportOutcome.NotGenerated(String reason) ->
                    List.of(new Check("report generated", false, reason));
        };
    }

    private static List<Check> checks(ProblemTicketReport report) {
        int waiting = report.summary().awaitingSynchronisation();
        Coverage.NameCoverage names = report.coverage().accounts();
        boolean withoutSource =
                names.source() instanceof Reach.Away(_, _, Circuit circuit) && isOpen(circuit);
        boolean aged =
                report.waiting().stream().allMatch(one -> one.party().placedOn().isPresent());
        return List.of(
                new Check(
                        "report from the target's copies",
                        withoutSource && names.bySource() == 0 && names.byCopy() > 0,
                        "%,d account names, source %s"
                                .formatted(
                                        names.byCopy(),
                                        withoutSource ? "not reached: circuit open" : "asked")),
                new Check(
                        "report marks what waits, and since",
                        waiting > 0 && aged,
                        "%,d rows marked".formatted(waiting)));
    }
}
