package dev.understudy.lob.report;

import static dev.understudy.lob.report.ReportSamples.AS_OF;
import static dev.understudy.lob.report.ReportSamples.BOTH;
import static dev.understudy.lob.report.ReportSamples.NAMES;
import static dev.understudy.lob.report.ReportSamples.namesWithoutSource;
import static dev.understudy.lob.report.ReportSamples.report;
import static dev.understudy.lob.report.ReportSamples.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.client.Circuit;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.client.Reference;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.report.Coverage.NameCoverage;
import dev.understudy.lob.report.Statement.Extent;
import java.time.Instant;
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
                .isEqualTo(new NameCoverage(report.coverage().accounts().source(), 0, 1, 0, 0));
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
    void whatWaitsIsSaidToWaitSinceItsPlaceholderWasPlaced() {
        ProblemTicketReport report =
                report(NAMES, ticket(1, BOTH, Map.of("account", RecordState.PLACEHOLDER)));

        assertThat(report.statements().getLast())
                .isEqualTo(
                        new Statement(
                                "Synchronisation",
                                Extent.PARTIAL,
                                "the target has only placeholders of 1 account and 0 contacts, the"
                                        + " longest waiting since 1970-01-14T14:41:40Z (5 minutes)"));
    }

    @Test
    void theAgeOfAPlaceholderIsNotInvented() {
        Entry.Hydrated<Ticket> ticket = ticket(1, BOTH, Map.of());
        ProblemTicketReport report =
                report(
                        NAMES,
                        new Entry.Hydrated<>(
                                ticket.entity(),
                                Map.of("account", new Reference(RecordState.PLACEHOLDER, null))));

        assertThat(report.statements().getLast().text())
                .endsWith("0 contacts; since when, the target does not tell for 1");
    }

    @Test
    void anOpenCircuitIsSaidToBeTheReasonWhyTheSourceWasNotReached() {
        Reach away =
                new Reach.Away(
                        InstanceFault.Code.CIRCUIT_OPEN,
                        "circuit to http://us open since 11:00",
                        new Circuit.HalfOpen(Instant.EPOCH, 0));
        Names names = new Names(new Names.Known(Map.of(), away), new Names.Known(Map.of(), away));

        assertThat(report(names, ticket(1, BOTH, Map.of())).statements())
                .contains(
                        new Statement(
                                "Source",
                                Extent.PARTIAL,
                                "not reached: circuit to http://us open since 11:00"));
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
