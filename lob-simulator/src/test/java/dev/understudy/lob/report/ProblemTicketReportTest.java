package dev.understudy.lob.report;

import static dev.understudy.lob.report.ReportSamples.BOTH;
import static dev.understudy.lob.report.ReportSamples.CONTOSO;
import static dev.understudy.lob.report.ReportSamples.NAMES;
import static dev.understudy.lob.report.ReportSamples.names;
import static dev.understudy.lob.report.ReportSamples.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.client.Submission;
import dev.understudy.lob.client.Submission.Failure;
import dev.understudy.lob.client.Submission.Reason;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.contoso.Ticket.Status;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProblemTicketReportTest {

    @Test
    void hydratedPartiesCarryTheirNamesAndNoMark() {
        ProblemTicketReport report =
                report(ticket(1, BOTH, Map.of("account", RecordState.HYDRATED)));

        Row row = report.rows().getFirst();
        assertThat(row.account().label()).isEqualTo("Contoso");
        assertThat(row.account().mark(ReportSamples.AS_OF)).isEmpty();
        assertThat(row.contact().label()).isEqualTo("Anna Kühn");
        assertThat(report.complete()).isTrue();
    }

    @Test
    void aPlaceholderIsMarkedBesideTheName() {
        ProblemTicketReport report =
                report(ticket(1, BOTH, Map.of("contact", RecordState.PLACEHOLDER)));

        Row row = report.rows().getFirst();
        assertThat(row.contact().label()).isEqualTo("Anna Kühn");
        assertThat(row.contact().mark(ReportSamples.AS_OF)).isEqualTo("(awaits sync, 5 minutes)");
        assertThat(row.account().mark(ReportSamples.AS_OF)).isEmpty();
        assertThat(report.complete()).isFalse();
        assertThat(report.summary().awaitingSynchronisation()).isEqualTo(1);
    }

    @Test
    void aRowWithTwoPlaceholdersWaitsOnce() {
        ProblemTicketReport report =
                report(
                        ticket(
                                1,
                                BOTH,
                                Map.of(
                                        "account", RecordState.PLACEHOLDER,
                                        "contact", RecordState.PLACEHOLDER)));

        assertThat(report.summary().awaitingSynchronisation()).isEqualTo(1);
    }

    @Test
    void whatNobodyKnowsIsUnknownAndWhatIsDeletedIsSaidSo() {
        Ticket.Parties strangers = new Ticket.Parties(new UUID(1, 9), new UUID(2, 9));
        ProblemTicketReport report =
                report(ticket(1, strangers, Map.of("contact", RecordState.DELETED)));

        Row row = report.rows().getFirst();
        assertThat(row.account().label()).isEqualTo("(unknown)");
        assertThat(row.account().mark(ReportSamples.AS_OF)).isEmpty();
        assertThat(row.contact().label()).isEqualTo("(unknown)");
        assertThat(row.contact().mark(ReportSamples.AS_OF)).isEqualTo("(deleted)");
    }

    @Test
    void aBlankNameIsUnknownAndNoContactIsADash() {
        Names blank = names(" ", "");
        ProblemTicketReport report =
                ReportSamples.report(
                        1, List.of(ticket(1, new Ticket.Parties(CONTOSO, null), Map.of())), blank);

        assertThat(report.rows().getFirst().account().label()).isEqualTo("(unknown)");
        assertThat(report.rows().getFirst().contact().label()).isEqualTo("–");
    }

    @Test
    void theMostUrgentComesFirstThenTheOldest() {
        ProblemTicketReport report =
                ReportSamples.report(
                        10,
                        List.of(
                                entry(3, Priority.HIGH, Status.OPEN),
                                entry(2, Priority.CRITICAL, Status.WAITING),
                                entry(1, Priority.CRITICAL, Status.OPEN)),
                        NAMES);

        assertThat(report.rows())
                .extracting(row -> row.ticket().ticketNumber())
                .containsExactly("T-16-1-00001", "T-16-1-00002", "T-16-1-00003");
        assertThat(report.summary().byPriority())
                .isEqualTo(Map.of(Priority.HIGH, 1, Priority.CRITICAL, 2));
        assertThat(report.summary().byStatus())
                .isEqualTo(Map.of(Status.OPEN, 2, Status.WAITING, 1));
    }

    @Test
    void theReasonForNoReportCountsByCode() {
        Submission submission =
                new Submission(
                        10,
                        5,
                        List.of(
                                new Failure(Reason.REFUSED, "MissingReference", 4, List.of("a")),
                                new Failure(Reason.UNANSWERED, "TIMED_OUT", 1, List.of())));

        assertThat(ReportOutcome.notGenerated(submission).reason())
                .isEqualTo(
                        "5 of 10 tickets could not be submitted: MissingReference 4, TIMED_OUT 1");
    }

    private static ProblemTicketReport report(Entry.Hydrated<Ticket> problem) {
        return ReportSamples.report(10, List.of(problem), NAMES);
    }

    private static Entry.Hydrated<Ticket> entry(int number, Priority priority, Status status) {
        return new Entry.Hydrated<>(
                ticket(number, BOTH, new Ticket.Triage(priority, status)), Map.of());
    }
}
