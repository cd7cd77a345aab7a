package dev.understudy.lob.report;

import static dev.understudy.lob.report.ReportSamples.AS_OF;
import static dev.understudy.lob.report.ReportSamples.BOTH;
import static dev.understudy.lob.report.ReportSamples.NAMES;
import static dev.understudy.lob.report.ReportSamples.namesWithoutSource;
import static dev.understudy.lob.report.ReportSamples.report;
import static dev.understudy.lob.report.ReportSamples.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.report.Coverage.NameCoverage;
import dev.understudy.lob.report.Statement.Extent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementTest {

    @Test
    void withNothingMissingEveryFigureIsComplete() {
        ProblemTicketReport report = report(NAMES, ticket(1, BOTH, Map.of()));

        assertThat(report.complete()).isTrue();
        assertThat(report.statements())
                .containsExactly(
                        new Statement(
                                "Tickets",
                                Extent.COMPLETE,
                                "50 tickets read from the target, which owns them"),
                        new Statement("Account names", Extent.COMPLETE, "1 from the source"),
                        new Statement("Contact names", Extent.COMPLETE, "1 from the source"),
                        new Statement(
                                "Synchronisation",
                                Extent.COMPLETE,
                                "every account and contact that the tickets name is synchronised or"
                                        + " deleted"));
    }

    @Test
    void anEntityIsCountedOnceHoweverManyRowsNameIt() {
        ProblemTicketReport report =
                report(
                        2,
                        List.of(ticket(1, BOTH, Map.of()), ticket(2, BOTH, Map.of())),
                        namesWithoutSource());

        assertThat(report.coverage().accounts())
                .isEqualTo(new NameCoverage(report.coverage().accounts().source(), 0, 1, 0));
        assertThat(report.coverage().contacts().unknown()).isEqualTo(1);
        assertThat(report.coverage().contacts().named()).isEqualTo(1);
    }

    @Test
    void aSourceThatIsAwayMakesTheReportIncompleteThoughNothingWaits() {
        ProblemTicketReport report = report(namesWithoutSource(), ticket(1, BOTH, Map.of()));

        assertThat(report.summary().awaitingSynchronisation()).isZero();
        assertThat(report.complete()).isFalse();
        assertThat(report.statements())
                .contains(
                        new Statement(
                                "Source",
                                Extent.PARTIAL,
                                "could not be read (unreachable): GET /accounts failed"),
                        new Statement(
                                "Account names",
                                Extent.PARTIAL,
                                "without the source: 1 from the target's copy, as of its last synchronisation"));
    }

    @Test
    void aSourceThatIsNotNeededMayBeAway() {
        assertThat(report(7, List.of(), namesWithoutSource()).complete()).isTrue();
    }

    @Test
    void theAgeOfAPlaceholderIsNotInvented() {
        ProblemTicketReport report =
                report(NAMES, ticket(1, BOTH, Map.of("account", RecordState.PLACEHOLDER)));

        assertThat(report.statements().getLast())
                .satisfies(statement -> {
                    assertThat(statement.figure()).isEqualTo("Waiting time");
                    assertThat(statement.extent()).isEqualTo(Extent.PARTIAL);
                    assertThat(statement.text()).contains("does not tell");
                });
    }

    @Test
    void ticketsThatAreOnlyPlaceholdersAreSaidToBeMissing() {
        ProblemTicketReport report =
                ProblemTicketReport.of(new TicketsRead(AS_OF, 9, 2, List.of()), NAMES);

        assertThat(report.complete()).isFalse();
        assertThat(report.statements().getFirst().text())
                .startsWith("9 tickets read")
                .contains("2 of them only as placeholders");
    }
}
