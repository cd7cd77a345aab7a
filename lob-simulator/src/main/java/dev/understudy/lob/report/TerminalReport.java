package dev.understudy.lob.report;

import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import dev.understudy.lob.report.ProblemTicketReport.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report as text for a terminal: {@code width} columns at most (110 to 400), {@code rowLimit}
 * rows at most. Names and titles are cut to fit; the marks of waiting entities never are.
 */
public record TerminalReport(int width, int rowLimit) {

    public static final TerminalReport DEFAULT = new TerminalReport(120, 20);

    private static final int PRIORITY = 8;
    private static final int STATUS = 11;

    /** As wide as the longest mark. */
    private static final int PARTY_MIN = 26;

    private static final int NUMBER_MAX = 18;

    public TerminalReport {
        if (width < 110 || width > 400) {
            throw new IllegalArgumentException("width must be 110 to 400: " + width);
        }
        if (rowLimit < 0) {
            throw new IllegalArgumentException("rowLimit must not be negative: " + rowLimit);
        }
    }

    /** The whole report, ended by a line break. */
    public String render(ProblemTicketReport report) {
        return Stream.of(
                        Stream.of(title(report.summary())),
                        table(report.rows(), report.coverage().asOf()),
                        summary(report),
                        missing(report))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String title(Summary summary) {
        return "Problem tickets: %d of %d tickets"
                .formatted(summary.problems(), summary.ticketsRead());
    }

    private Stream<String> table(List<Row> rows, Instant asOf) {
        if (rows.isEmpty()) {
            return Stream.empty();
        }
        List<Row> shown = rows.stream().limit(rowLimit).toList();
        List<Row> hidden = rows.subList(shown.size(), rows.size());
        TextTable table = new TextTable(columns(shown));
        return Stream.of(
                        table.header(),
                        shown.stream().flatMap(row -> table.row(cells(row, asOf))),
                        Stream.of(table.footer()),
                        more(hidden))
                .flatMap(lines -> lines);
    }

    private List<TextTable.Column> columns(List<Row> shown) {
        int number =
                shown.stream()
                        .mapToInt(row -> TextWidth.of(shortened(row.ticket().ticketNumber())))
                        .map(columns -> Math.clamp(columns, 6, NUMBER_MAX))
                        .max()
                        .orElse(6);
        int left = width - TextTable.frame(6) - number - PRIORITY - STATUS;
        int party = Math.max(PARTY_MIN, left * 2 / 5);
        return List.of(
                new TextTable.Column("Ticket", number),
                new TextTable.Column("Priority", PRIORITY),
                new TextTable.Column("Status", STATUS),
                new TextTable.Column("Title", left - 2 * party),
                new TextTable.Column("Account", party),
                new TextTable.Column("Contact", party));
    }

    private static List<List<String>> cells(Row row, Instant asOf) {
        Ticket ticket = row.ticket();
        return List.of(
                List.of(shortened(ticket.ticketNumber())),
                List.of(Words.of(ticket.triage().priority())),
                List.of(Words.of(ticket.triage().status())),
                List.of(ticket.subject().title()),
                List.of(row.account().label(), row.account().mark(asOf)),
                List.of(row.contact().label(), row.contact().mark(asOf)));
    }

    /** Ticket numbers differ at their end, so a long one loses its beginning. */
    static String shortened(String number) {
        int length = number.length();
        return length <= NUMBER_MAX ? number : "…" + number.substring(length - NUMBER_MAX + 1);
    }

    private static Stream<String> more(List<Row> hidden) {
        long waiting = hidden.stream().filter(Row::awaitsSynchronisation).count();
        return hidden.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        "… and %d more%s"
                                .formatted(
                                        hidden.size(),
                                        waiting == 0
                                                ? ""
                                                : ", "
                                                        + waiting
                                                        + " of them awaiting synchronisation"));
    }

    private static Stream<String> summary(ProblemTicketReport report) {
        Summary summary = report.summary();
        return Stream.of(
                        Stream.of(
                                "By priority: " + counts(summary.byPriority()),
                                "By status:   " + counts(summary.byStatus())),
                        report.complete()
                                ? Stream.of("The report is complete.")
                                : Stream.of("The report is not complete:" + waiting(summary)))
                .flatMap(lines -> lines);
    }

    private static String waiting(Summary summary) {
        return summary.awaitingSynchronisation() == 0
                ? ""
                : " %d of %d rows await synchronisation."
                        .formatted(summary.awaitingSynchronisation(), summary.problems());
    }

    /** What is missing from which figure; data in it must not steer the terminal. */
    private Stream<String> missing(ProblemTicketReport report) {
        return report.statements().stream()
                .filter(statement -> statement.extent() == Statement.Extent.PARTIAL)
                .map(statement -> "%s: %s.".formatted(statement.figure(), statement.text()))
                .map(TextWidth::printable)
                .flatMap(line -> TextWidth.wrapped(line, width - 2).stream())
                .map(line -> "  " + line);
    }

    private static <E extends Enum<E>> String counts(Map<E, Integer> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> Words.of(entry.getKey()) + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
