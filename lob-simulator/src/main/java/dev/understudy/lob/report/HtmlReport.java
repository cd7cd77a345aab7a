package dev.understudy.lob.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The report as one HTML page that loads nothing and runs nothing; for a screen of any size, and
 * for print. It shows {@code rowLimit} rows at most and says how many it leaves out.
 */
public record HtmlReport(int rowLimit) {

    public static final HtmlReport DEFAULT = new HtmlReport(500);

    private static final int TOP_ACCOUNTS = 10;
    private static final int WAITING = 15;
    private static final String STYLE = style();

    public HtmlReport {
        if (rowLimit < 0) {
            throw new IllegalArgumentException("rowLimit must not be negative: " + rowLimit);
        }
    }

    /** The whole page, in UTF-8. */
    public String render(ProblemTicketReport report) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>Problem tickets, %s</title>
        <style>%s</style>
        </head>
        %s
        </html>
        """
                .formatted(
                        digest(STYLE),
                        HtmlSummary.DAY.format(report.coverage().asOf()),
                        STYLE,
                        body(report).markup());
    }

    private Element body(ProblemTicketReport report) {
        Element main =
                Element.of("main")
                        .add(
                                HtmlSummary.verdict(report),
                                HtmlSummary.figures(report),
                                charts(report));
        if (!report.waiting().isEmpty()) {
            main.add(
                    section("sync", "Awaiting synchronisation")
                            .add(note(waitingNote(report)))
                            .add(HtmlTables.waiting(report, WAITING)));
        }
        main.add(tickets(report));
        main.add(section("rests", "What the figures rest on").add(HtmlTables.statements(report)));
        return Element.of("body").add(HtmlSummary.header(report), main);
    }

    private static Element charts(ProblemTicketReport report) {
        Element charts = Element.of("div", "charts");
        if (report.rows().isEmpty()) {
            return charts;
        }
        AgeHistogram ages = AgeHistogram.of(report.rows(), report.coverage().asOf());
        return charts.add(
                section("status", "By status")
                        .add(legend())
                        .add(HtmlCharts.byStatus(report.rows())),
                section("ages", "How long they have been open")
                        .add(legend())
                        .add(HtmlCharts.ages(ages)),
                section("accounts", "Accounts with most problem tickets")
                        .add(legend())
                        .add(HtmlTables.accounts(report, TOP_ACCOUNTS)));
    }

    private static String waitingNote(ProblemTicketReport report) {
        int hidden = report.waiting().size() - WAITING;
        return "The target holds only a placeholder of each of these, since a write there named it"
                + " and its own data has not come yet. Times are in UTC."
                + (hidden > 0 ? " " + Words.count(hidden) + " more are not shown." : "");
    }

    private Element tickets(ProblemTicketReport report) {
        int hidden = Math.max(0, report.rows().size() - rowLimit);
        Element section = section("tickets", "The tickets");
        if (report.rows().isEmpty()) {
            return section.add(note("There is no problem ticket."));
        }
        String rest =
                hidden == 0
                        ? ""
                        : " %s more are not shown here; the CSV form has them all."
                                .formatted(Words.count(hidden));
        return section.add(note("Most urgent first, and the oldest of these first." + rest))
                .add(HtmlTables.tickets(report, rowLimit));
    }

    private static Element section(String id, String heading) {
        return Element.of("section", "card")
                .with("id", id)
                .with("aria-labelledby", id + "-heading")
                .add(Element.of("h2").with("id", id + "-heading").text(heading));
    }

    private static Element note(String text) {
        return Element.of("p", "about").text(text);
    }

    private static Element legend() {
        return Element.of("p", "legend")
                .add(
                        Element.of("span", "swatch critical").text("critical"),
                        Element.of("span", "swatch high").text("high"));
    }

    private static String digest(String style) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String style() {
        try (InputStream file =
                Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("report.css", e);
        }
    }
}
