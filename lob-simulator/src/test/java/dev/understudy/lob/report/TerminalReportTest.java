package dev.understudy.lob.report;

import static dev.understudy.lob.report.ReportSamples.BOTH;
import static dev.understudy.lob.report.ReportSamples.NAMES;
import static dev.understudy.lob.report.ReportSamples.names;
import static dev.understudy.lob.report.ReportSamples.namesWithoutSource;
import static dev.understudy.lob.report.ReportSamples.report;
import static dev.understudy.lob.report.ReportSamples.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.contoso.Ticket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalReportTest {

    private static final Map<String, RecordState> WAITING =
            Map.of("account", RecordState.PLACEHOLDER);

    @Test
    void aTableIsDrawnWithTheMarkUnderANameThatLeavesNoRoom() {
        String text = new TerminalReport(110, 20).render(report(NAMES, ticket(1, BOTH, WAITING)));

        assertThat(text)
                .isEqualTo(
                        """
                        Problem tickets: 1 of 50 tickets
                        ┌──────────────┬──────────┬─────────────┬──────────┬────────────────────────────┬────────────────────────────┐
                        │ Ticket       │ Priority │ Status      │ Title    │ Account                    │ Contact                    │
                        ├──────────────┼──────────┼─────────────┼──────────┼────────────────────────────┼────────────────────────────┤
                        │ T-16-1-00001 │ high     │ open        │ Invoice… │ Contoso                    │ Anna Kühn                  │
                        │              │          │             │          │ (awaits sync, 5 minutes)   │                            │
                        └──────────────┴──────────┴─────────────┴──────────┴────────────────────────────┴────────────────────────────┘
                        By priority: high 1
                        By status:   open 1
                        The report is not complete: 1 of 1 rows await synchronisation.
                          Synchronisation: the target has only placeholders of 1 account and 0 contacts, the longest waiting since
                          1970-01-14T14:41:40Z (5 minutes).
                        """);
    }

    @Test
    void theMarkStandsBesideTheNameWhereThereIsRoom() {
        assertThat(new TerminalReport(160, 20).render(report(NAMES, ticket(1, BOTH, WAITING))))
                .contains("│ Contoso (awaits sync, 5 minutes) ");
    }

    @ParameterizedTest
    @ValueSource(ints = {110, 120, 133, 200})
    void everyTableLineIsExactlyAsWideAsAsked(int width) {
        Names odd = names("株式会社 Contoso " + "long ".repeat(60), "Zoe\u0301 " + "x".repeat(200));

        String text = new TerminalReport(width, 20).render(report(odd, ticket(1, BOTH, WAITING)));

        assertThat(text.lines().filter(line -> line.matches("[┌├└│].*")))
                .hasSize(6)
                .allSatisfy(line -> assertThat(TextWidth.of(line)).isEqualTo(width));
        assertThat(text).contains("(awaits sync, 5 minutes)");
    }

    @Test
    void namesCannotSteerTheTerminal() {
        Names hostile = names("Con\u001b[2Jtoso\n\u202eLtd", "");

        assertThat(TerminalReport.DEFAULT.render(report(hostile, ticket(1, BOTH, Map.of()))))
                .doesNotContain("\u001b", "\u202e")
                .contains("Con [2Jtoso Ltd");
    }

    @Test
    void rowsBeyondTheLimitAreCounted() {
        List<Entry.Hydrated<Ticket>> five =
                IntStream.rangeClosed(1, 5).mapToObj(i -> ticket(i, BOTH, WAITING)).toList();

        String text = new TerminalReport(120, 2).render(report(5, five, NAMES));

        assertThat(text)
                .contains("T-16-1-00002")
                .doesNotContain("T-16-1-00003")
                .contains("… and 3 more, 3 of them awaiting synchronisation\n");
    }

    @Test
    void withoutProblemsThereIsNoTable() {
        assertThat(TerminalReport.DEFAULT.render(report(7, List.of(), NAMES)))
                .isEqualTo(
                        """
                        Problem tickets: 0 of 7 tickets
                        By priority: none
                        By status:   none
                        The report is complete.
                        """);
    }

    @Test
    void aLongTicketNumberKeepsItsEnd() {
        assertThat(
                        TerminalReport.DEFAULT.render(
                                report(NAMES, ticket(2_000_000_000, BOTH, WAITING))))
                .contains("│ T-16-1-2000000000 │");
        assertThat(TerminalReport.shortened("T-1y2p0ij32e8e7-1-00042"))
                .isEqualTo("…0ij32e8e7-1-00042")
                .hasSize(18);
    }

    @Test
    void strangersAreNeverBlank() {
        Ticket.Parties strangers = new Ticket.Parties(new UUID(1, 9), null);

        assertThat(new TerminalReport(160, 9).render(report(NAMES, ticket(1, strangers, WAITING))))
                .contains("│ (unknown) (awaits sync, 5 minutes) ")
                .contains("│ – ");
    }

    @Test
    void aWidthThatCannotHoldTheMarksIsRefused() {
        assertThatThrownBy(() -> new TerminalReport(80, 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("110 to 400");
    }

    @Test
    void aSourceThatIsAwayIsSaidForEachFigureThatLacksIt() {
        String text =
                new TerminalReport(110, 20)
                        .render(report(namesWithoutSource(), ticket(1, BOTH, Map.of())));

        assertThat(text)
                .endsWith(
                        """
                        The report is not complete:
                          Source: could not be read (unreachable): GET /accounts failed.
                          Account names: without the source: 1 from the target's copy, as of its last synchronisation.
                          Contact names: without the source: 1 unknown.
                        """);
    }
}
