package dev.understudy.lob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.Submission;
import dev.understudy.lob.contoso.Batch;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Tickets;
import dev.understudy.lob.fake.FakeInstance;
import dev.understudy.lob.report.ProblemTicketReport;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import dev.understudy.lob.report.ReportOutcome.Generated;
import dev.understudy.lob.report.ReportOutcome.NotGenerated;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineOfBusinessTest {

    private static final Batch FIRST = new Batch(7, 1);

    private final FakeInstance source = FakeInstance.source();
    private final FakeInstance target = FakeInstance.target();
    private final LineOfBusiness lob = LineOfBusiness.between(source.url(), target.url());

    @BeforeEach
    void loadAndReplicate() {
        assertThat(lob.loadReferenceData(ReferenceData.generate(FIRST, 20, 60)).complete())
                .isTrue();
        target.replicateFrom(source);
    }

    @AfterEach
    void stop() {
        lob.close();
        source.close();
        target.close();
    }

    @Test
    void theDirectoryHoldsWhatWasLoaded() {
        ReferenceData data = ReferenceData.generate(FIRST, 20, 60);

        assertThat(lob.readDirectory().accounts().values())
                .containsExactlyInAnyOrderElementsOf(data.accounts());
        assertThat(lob.readDirectory().contacts().values())
                .containsExactlyInAnyOrderElementsOf(data.contacts());
    }

    @Test
    void withEverythingReplicatedTheReportIsComplete() {
        List<Ticket> tickets = Tickets.generate(FIRST, 100, lob.readDirectory());

        Submission submission = lob.submitTickets(tickets);

        assertThat(submission).isEqualTo(new Submission(100, 100, List.of()));
        ProblemTicketReport report = ((Generated) lob.reportOn(submission)).report();
        assertThat(report.rows())
                .extracting(Row::ticket)
                .containsExactlyInAnyOrderElementsOf(
                        tickets.stream().filter(Ticket::isProblem).toList());
        assertThat(report.summary().ticketsRead()).isEqualTo(100);
        assertThat(report.complete()).isTrue();
    }

    @Test
    void withPlaceholdersTheReportMarksWhatWaitsAndNamesItFromTheSource() {
        ReferenceData later = loadWithoutReplication();

        Submission submission = lob.submitTickets(ticketsAbout(later));

        assertThat(submission.complete()).isTrue();
        ProblemTicketReport report = ((Generated) lob.reportOn(submission)).report();
        assertThat(report.complete()).isFalse();
        assertThat(report.rows()).isNotEmpty().allMatch(Row::awaitsSynchronisation);
        assertThat(report.summary().awaitingSynchronisation()).isEqualTo(report.rows().size());
        assertThat(report.rows())
                .extracting(row -> row.account().label())
                .isSubsetOf(later.accounts().stream().map(account -> account.name()).toList());
    }

    @Test
    void onceHydratedTheReportIsCompleteAgain() {
        lob.submitTickets(ticketsAbout(loadWithoutReplication()));

        target.replicateFrom(source);

        assertThat(lob.report().complete()).isTrue();
    }

    @Test
    void withRefusedTicketsThereIsNoReportButAReason() {
        ReferenceData later = loadWithoutReplication();
        target.rejectMissing(true);

        Submission submission = lob.submitTickets(ticketsAbout(later));

        assertThat(submission.accepted()).isZero();
        assertThat(submission.failuresByCode()).isEqualTo(Map.of("MissingReference", 40));
        assertThat(submission.failures().getFirst().samples())
                .hasSize(3)
                .allSatisfy(
                        sample -> assertThat(sample).startsWith("tickets(").contains("refers to"));
        assertThat(lob.reportOn(submission))
                .isEqualTo(
                        new NotGenerated(
                                "40 of 40 tickets could not be submitted: MissingReference 40"));
    }

    @Test
    void ticketsMayBeSubmittedAgainOnceTheyAreNoLongerRefused() {
        List<Ticket> tickets = ticketsAbout(loadWithoutReplication());
        target.rejectMissing(true);
        lob.submitTickets(tickets);
        target.rejectMissing(false);

        assertThat(lob.submitTickets(tickets).complete()).isTrue();
        assertThat(lob.submitTickets(tickets).complete()).isTrue();
    }

    @Test
    void whatTheSourceForgotIsNamedFromTheTargetAndElseUnknown() {
        List<Ticket> tickets = Tickets.generate(FIRST, 100, lob.readDirectory());
        lob.submitTickets(tickets);
        List<Ticket> problems = tickets.stream().filter(Ticket::isProblem).toList();
        var kept = problems.getFirst().parties().accountId();
        var lost =
                problems.stream()
                        .map(ticket -> ticket.parties().accountId())
                        .filter(id -> !id.equals(kept))
                        .findFirst()
                        .orElseThrow();
        source.forget("accounts", kept);
        source.forget("accounts", lost);
        target.forget("accounts", lost);

        for (Row row : lob.report().rows()) {
            var account = row.ticket().parties().accountId();
            assertThat(row.account().label().equals("(unknown)")).isEqualTo(account.equals(lost));
            assertThat(row.account().mark(Instant.EPOCH))
                    .isEqualTo(account.equals(lost) ? "(deleted)" : "");
        }
    }

    @Test
    void aTargetThatIsAwayIsAFaultOfTheReportAndACountOfTheSubmission() {
        List<Ticket> tickets = Tickets.generate(FIRST, 3, lob.readDirectory());
        target.close();

        assertThat(lob.submitTickets(tickets).failuresByCode()).isEqualTo(Map.of("UNREACHABLE", 3));
        assertThatExceptionOfType(InstanceFault.class)
                .isThrownBy(lob::report)
                .withMessageContaining("/tickets");
    }

    private ReferenceData loadWithoutReplication() {
        ReferenceData later = ReferenceData.generate(FIRST.next(), 10, 30);
        assertThat(lob.loadReferenceData(later).complete()).isTrue();
        return later;
    }

    private List<Ticket> ticketsAbout(ReferenceData data) {
        return Tickets.generate(FIRST.next(), 40, lob.readDirectory().about(data.accountIds()));
    }
}
