package dev.understudy.lob.report;

import static dev.understudy.lob.report.ReportSamples.ANNA;
import static dev.understudy.lob.report.ReportSamples.AS_OF;
import static dev.understudy.lob.report.ReportSamples.BOTH;
import static dev.understudy.lob.report.ReportSamples.CONTOSO;
import static dev.understudy.lob.report.ReportSamples.NAMES;
import static dev.understudy.lob.report.ReportSamples.PLACED;
import static dev.understudy.lob.report.ReportSamples.report;
import static dev.understudy.lob.report.ReportSamples.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.contoso.Ticket.Status;
import dev.understudy.lob.report.AgeHistogram.Bin;
import dev.understudy.lob.report.WaitingEntity.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowFiguresTest {

    private static final Map<String, RecordState> BOTH_WAIT =
            Map.of("account", RecordState.PLACEHOLDER, "contact", RecordState.PLACEHOLDER);

    @Test
    void theAccountWithMostTicketsComesFirst() {
        Ticket.Parties other = new Ticket.Parties(new UUID(1, 2), null);
        Ticket critical = ticket(3, BOTH, new Ticket.Triage(Priority.CRITICAL, Status.OPEN));

        ProblemTicketReport report =
                report(
                        3,
                        List.of(
                                ticket(1, other, Map.of()),
                                ticket(2, BOTH, Map.of()),
                                new Entry.Hydrated<>(critical, Map.of())),
                        NAMES);

        assertThat(report.accounts())
                .extracting(account -> account.account().label())
                .containsExactly("Contoso", "(unknown)");
        assertThat(report.accounts().getFirst().tickets()).isEqualTo(2);
        assertThat(report.accounts().getFirst().critical()).isEqualTo(1);
        assertThat(report.accounts().getFirst().high()).isEqualTo(1);
    }

    @Test
    void eachWaitingEntityIsListedOnceWithSinceWhenItWaits() {
        Ticket.Parties accountOnly = new Ticket.Parties(CONTOSO, null);

        List<WaitingEntity> waiting =
                report(
                                3,
                                List.of(
                                        ticket(5, BOTH, BOTH_WAIT),
                                        ticket(4, accountOnly, BOTH_WAIT),
                                        ticket(6, BOTH, BOTH_WAIT)),
                                NAMES)
                        .waiting();

        assertThat(waiting)
                .extracting(
                        WaitingEntity::kind,
                        entity -> entity.party().id().orElseThrow(),
                        WaitingEntity::tickets,
                        entity -> entity.party().placedOn().orElseThrow())
                .containsExactly(
                        tuple(Kind.ACCOUNT, CONTOSO, 3, PLACED),
                        tuple(Kind.CONTACT, ANNA, 2, PLACED));
    }

    @Test
    void whatIsHydratedOrDeletedDoesNotWait() {
        assertThat(report(NAMES, ticket(1, BOTH, Map.of("account", RecordState.DELETED))).waiting())
                .isEmpty();
    }

    @Test
    void agesFallIntoBinsOfOneWidthThatHoldEveryTicket() {
        List<ProblemTicketReport.Row> rows =
                report(
                                2,
                                List.of(
                                        ticket(1, BOTH, Map.of()),
                                        ticket(-40 * 86_400, BOTH, Map.of())),
                                NAMES)
                        .rows();

        AgeHistogram ages = AgeHistogram.of(rows, AS_OF);

        assertThat(ages.binDays()).isEqualTo(7);
        assertThat(ages.bins()).hasSize(7);
        assertThat(ages.bins().getFirst()).isEqualTo(new Bin(0, 6, 0, 1));
        assertThat(ages.bins().getLast()).isEqualTo(new Bin(42, 48, 0, 1));
    }

    @Test
    void aTicketFromTheFutureIsOfToday() {
        List<ProblemTicketReport.Row> rows = report(NAMES, ticket(1, BOTH, Map.of())).rows();

        assertThat(AgeHistogram.of(rows, AS_OF.minus(Duration.ofDays(30))).bins())
                .containsExactly(new Bin(0, 0, 0, 1));
        assertThat(AgeHistogram.of(List.of(), AS_OF).bins()).isEmpty();
    }
}
