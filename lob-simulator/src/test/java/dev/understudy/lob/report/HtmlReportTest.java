package dev.understudy.lob.report;

import static dev.understudy.lob.report.ReportSamples.BOTH;
import static dev.understudy.lob.report.ReportSamples.NAMES;
import static dev.understudy.lob.report.ReportSamples.names;
import static dev.understudy.lob.report.ReportSamples.namesWithoutSource;
import static dev.understudy.lob.report.ReportSamples.report;
import static dev.understudy.lob.report.ReportSamples.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.contoso.Ticket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final String HOSTILE =
            "</title></style><script>alert('x')</script><img src=\"http://x.example\" onerror='y'>&amp;";

    @Test
    void thePageLoadsNothingAndRunsNothing() {
        String html = HtmlReport.DEFAULT.render(report(NAMES, ticket(1, BOTH, Map.of())));

        assertThat(html)
                .contains("default-src 'none'; style-src 'sha256-")
                .doesNotContain("http:", "https:", "url(", "@import", "<script", "<link", "src=")
                .doesNotContainPattern("\\son\\w+=");
    }

    @Test
    void whatOthersWroteIsTextAndNothingElse() {
        Names hostile = names(HOSTILE, "a\u0000b\ud800c\u001b");
        Ticket sample =
                ticket(1, BOTH, new Ticket.Triage(Ticket.Priority.HIGH, Ticket.Status.OPEN));
        Ticket ticket =
                new Ticket(
                        sample.ticketId(),
                        "T\"><b>1</b>",
                        new Ticket.Subject(HOSTILE, null),
                        sample.triage(),
                        sample.parties(),
                        sample.timeline());

        String html =
                HtmlReport.DEFAULT.render(report(hostile, new Entry.Hydrated<>(ticket, Map.of())));

        assertThat(html).doesNotContain("<script", "<img", "<b>");
        Page page = Page.of(html);
        assertThat(page.texts("//td[@data-label='Account']")).containsExactly(HOSTILE);
        assertThat(page.texts("//td[@data-label='Title']")).containsExactly(HOSTILE);
        assertThat(page.texts("//td[@data-label='Ticket']")).containsExactly("T\"><b>1</b>");
        assertThat(page.texts("//td[@data-label='Contact']"))
                .containsExactly("a\ufffdb\ufffdc\ufffd");
    }

    @Test
    void theFiguresAreThoseOfTheModel() {
        Page page = Page.of(HtmlReport.DEFAULT.render(report(NAMES, ticket(1, BOTH, Map.of()))));

        assertThat(page.texts("//section[@class='figures']/div/p"))
                .containsExactly(
                        "Problem tickets",
                        "1",
                        "of 50 tickets at the target",
                        "Critical",
                        "0",
                        "and 1 high",
                        "Accounts concerned",
                        "1",
                        "all known by name",
                        "Longest open",
                        "2 days",
                        "T-16-1-00001, since 12 Jan 1970",
                        "Awaiting synchronisation",
                        "0",
                        "no row waits");
        assertThat(page.texts("//section[@class='verdict complete']/h2"))
                .containsExactly("Complete");
        assertThat(page.texts("//svg[@class='columns']/desc"))
                .containsExactly(
                        "0 days: 0 tickets, 0 of them critical; 1 days: 0 tickets, 0 of them"
                                + " critical; 2 days: 1 ticket, 0 of them critical.");
    }

    @Test
    void aRowThatWaitsIsMarkedAndItsEntityListedWithItsKey() {
        Ticket.Parties stranger = new Ticket.Parties(new UUID(1, 9), null);
        Page page =
                Page.of(
                        HtmlReport.DEFAULT.render(
                                report(
                                        NAMES,
                                        ticket(
                                                1,
                                                stranger,
                                                Map.of("account", RecordState.PLACEHOLDER)))));

        assertThat(page.texts("//td[@data-label='Account']"))
                .containsExactly("name unknown awaiting synchronisation");
        assertThat(page.texts("//section[@id='sync']//tbody/tr/td"))
                .containsExactly(
                        "name unknown",
                        "account",
                        "5 minutes since 14 Jan, 14:41:40",
                        "1",
                        new UUID(1, 9).toString());
        assertThat(page.texts("//section[@class='verdict partial']//dt"))
                .containsExactly("Account names", "Synchronisation");
    }

    @Test
    void aSourceThatIsAwayIsSaidAboveAndInTheStatements() {
        Page page =
                Page.of(
                        HtmlReport.DEFAULT.render(
                                report(namesWithoutSource(), ticket(1, BOTH, Map.of()))));

        assertThat(page.texts("//section[@class='verdict partial']//dd"))
                .containsExactly(
                        "Could not be read (unreachable): GET /accounts failed.",
                        "Without the source: 1 from the target's copy, as of its last synchronisation.",
                        "Without the source: 1 unknown.");
        assertThat(page.texts("//section[@id='rests']//td[@data-label='Extent']"))
                .containsExactly("complete", "partial", "partial", "partial", "complete");
    }

    @Test
    void withoutProblemsThereAreNoChartsAndNoRows() {
        Page page = Page.of(HtmlReport.DEFAULT.render(report(7, List.of(), NAMES)));

        assertThat(page.texts("//svg[@class='columns']")).isEmpty();
        assertThat(page.texts("//section[@id='tickets']/p"))
                .containsExactly("There is no problem ticket.");
    }

    @Test
    void rowsBeyondTheLimitAreCounted() {
        List<Entry.Hydrated<Ticket>> five =
                IntStream.rangeClosed(1, 5).mapToObj(i -> ticket(i, BOTH, Map.of())).toList();

        Page page = Page.of(new HtmlReport(2).render(report(5, five, NAMES)));

        assertThat(page.texts("//section[@id='tickets']//tbody/tr")).hasSize(2);
        assertThat(page.texts("//section[@id='tickets']/p").getFirst())
                .contains("3 more are not shown here");
    }
}
