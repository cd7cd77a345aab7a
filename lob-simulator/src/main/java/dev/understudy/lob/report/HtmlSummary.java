package dev.understudy.lob.report;

import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import dev.understudy.lob.report.ProblemTicketReport.Summary;
import dev.understudy.lob.report.Statement.Extent;
import dev.understudy.lob.report.WaitingEntity.Kind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The beginning of the HTML report: what it is, whether it is complete, and its figures. */
final class HtmlSummary {

    static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private HtmlSummary() {}

    static Element header(ProblemTicketReport report) {
        Coverage coverage = report.coverage();
        return Element.of("header", "top")
                .add(emblem())
                .add(
                        Element.of("div")
                                .add(Element.of("p", "eyebrow").text("Understudy report"))
                                .add(Element.of("h1").text("Problem tickets"))
                                .add(
                                        Element.of("p", "lead")
                                                .text(
                                                        "High or critical, and neither resolved nor"
                                                                + " closed. As of ")
                                                .add(
                                                        Element.of("time")
                                                                .with(
                                                                        "datetime",
                                                                        coverage.asOf().toString())
                                                                .text(
                                                                        MOMENT.format(
                                                                                coverage.asOf())))
                                                .text(".")));
    }

    /** The star, and the understudy who stands in for it. */
    private static Element emblem() {
        return Element.of("svg", "emblem")
                .with("viewBox", "0 0 64 48")
                .with("aria-hidden", "true")
                .add(circle("star", 24))
                .add(circle("stand-in", 40));
    }

    private static Element circle(String cssClass, int x) {
        return Element.of("circle", cssClass).with("cx", x).with("cy", 24).with("r", 18);
    }

    /** Whether the report is complete, and if not, what is missing from which figure. */
    static Element verdict(ProblemTicketReport report) {
        if (report.complete()) {
            return Element.of("section", "verdict complete")
                    .add(Element.of("h2").text("Complete"))
                    .add(
                            Element.of("p")
                                    .text(
                                            "Every name is known, and nothing that the tickets name"
                                                    + " awaits synchronisation."));
        }
        Element missing = Element.of("dl");
        report.statements().stream()
                .filter(statement -> statement.extent() == Extent.PARTIAL)
                .forEach(statement ->
                        missing.add(
                                Element.of("div")
                                        .add(
                                                Element.of("dt").text(statement.figure()),
                                                Element.of("dd")
                                                        .text(
                                                                Words.sentence(statement.text())
                                                                        + "."))));
        return Element.of("section", "verdict partial")
                .add(Element.of("h2").text("Not complete" + waitingRows(report.summary())))
                .add(missing);
    }

    private static String waitingRows(Summary summary) {
        return summary.awaitingSynchronisation() == 0
                ? ""
                : ": %s of %s await synchronisation"
                        .formatted(
                                Words.count(summary.awaitingSynchronisation()),
                                Words.counted(summary.problems(), "problem ticket"));
    }

    static Element figures(ProblemTicketReport report) {
        Summary summary = report.summary();
        int critical = summary.byPriority().getOrDefault(Priority.CRITICAL, 0);
        return Element.of("section", "figures")
                .with("aria-label", "Summary figures")
                .add(
                        figure(
                                "problems",
                                "Problem tickets",
                                Words.count(summary.problems()),
                                "of "
                                        + Words.counted(summary.ticketsRead(), "ticket")
                                        + " at the target"),
                        figure(
                                "critical",
                                "Critical",
                                Words.count(critical),
                                "and " + Words.count(summary.problems() - critical) + " high"),
                        accounts(report),
                        oldest(report),
                        waiting(report));
    }

    private static Element accounts(ProblemTicketReport report) {
        int accounts = report.accounts().size();
        int unknown = report.coverage().accounts().unknown();
        String known = accounts == 0 ? "no problem ticket" : "all known by name";
        return figure(
                "accounts",
                "Accounts concerned",
                Words.count(accounts),
                unknown == 0 ? known : Words.count(unknown) + " of them without a name");
    }

    private static Element oldest(ProblemTicketReport report) {
        return report.rows().stream()
                .map(Row::ticket)
                .min(Comparator.comparing(ticket -> ticket.timeline().openedOn()))
                .map(ticket ->
                        figure(
                                "oldest",
                                "Longest open",
                                Words.age(ticket.timeline().openedOn(), report.coverage().asOf()),
                                ticket.ticketNumber()
                                        + ", since "
                                        + DAY.format(ticket.timeline().openedOn())))
                .orElseGet(() -> figure("oldest", "Longest open", "–", "no problem ticket"));
    }

    private static Element waiting(ProblemTicketReport report) {
        int rows = report.summary().awaitingSynchronisation();
        List<WaitingEntity> waiting = report.waiting();
        long accounts = waiting.stream().filter(entity -> entity.kind() == Kind.ACCOUNT).count();
        return rows == 0
                ? figure("waiting none", "Awaiting synchronisation", "0", "no row waits")
                : figure(
                        "waiting",
                        "Awaiting synchronisation",
                        Words.count(rows),
                        "rows, for %s and %s%s"
                                .formatted(
                                        Words.counted(accounts, "account"),
                                        Words.counted(waiting.size() - accounts, "contact"),
                                        WaitingEntity.longest(waiting)
                                                .map(then ->
                                                        ", up to "
                                                                + Words.age(
                                                                        then,
                                                                        report.coverage().asOf()))
                                                .orElse("")));
    }

    private static Element figure(String cssClass, String name, String value, String note) {
        return Element.of("div", "figure " + cssClass)
                .add(
                        Element.of("p", "name").text(name),
                        Element.of("p", "value").text(value),
                        Element.of("p", "note").text(note));
    }
}
