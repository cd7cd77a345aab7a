package dev.understudy.lob.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.LineOfBusiness;
import dev.understudy.lob.client.Circuit;
import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.Resilience;
import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Batch;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.contoso.Tickets;
import dev.understudy.lob.fake.Answer;
import dev.understudy.lob.fake.FakeInstance;
import dev.understudy.lob.report.Coverage.NameCoverage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportReaderTest {

    private static final Batch FIRST = new Batch(7, 1);
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final FakeInstance source = FakeInstance.source();
    private final FakeInstance target = FakeInstance.target();
    private final LineOfBusiness lob = app();

    @BeforeEach
    void oneBatchIsReplicatedAndTheNextIsNot() {
        load(FIRST);
        target.replicateFrom(source);
        load(FIRST.next());
        submit(FIRST);
        submit(FIRST.next());
    }

    @AfterEach
    void stop() {
        lob.close();
        source.close();
        target.close();
    }

    private LineOfBusiness app() {
        return new LineOfBusiness(
                InstanceSettings.at(source.url()),
                InstanceSettings.at(target.url()),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private ProblemTicketReport reportOfOneThatReadNothing() {
        try (LineOfBusiness other = app()) {
            return other.report();
        }
    }

    @Test
    void withBothInstancesEveryNameIsFromTheSource() {
        ProblemTicketReport report = lob.report();

        assertThat(report.coverage().asOf()).isEqualTo(NOW);
        assertThat(report.coverage().accounts())
                .isEqualTo(
                        new NameCoverage(new Reach.Reached(), report.accounts().size(), 0, 0, 0));
        assertThat(report.coverage().complete()).isTrue();
        assertThat(report.complete()).isFalse();
    }

    @Test
    void withTheSourceDownReplicatedNamesComeFromTheTargetAndOthersAreUnknown() {
        ProblemTicketReport before = lob.report();
        source.close();

        ProblemTicketReport report = reportOfOneThatReadNothing();

        assertThat(report.summary()).isEqualTo(before.summary());
        assertThat(report.waiting()).hasSameSizeAs(before.waiting());
        assertThat(report.coverage().accounts().source())
                .isInstanceOfSatisfying(
                        Reach.Away.class,
                        away -> assertThat(away.code()).isEqualTo(Code.UNREACHABLE));
        assertThat(report.coverage().accounts().bySource()).isZero();
        assertThat(report.coverage().accounts().byCopy()).isPositive();
        assertThat(report.rows())
                .allSatisfy(row ->
                        assertThat(row.account() instanceof Party.Unknown)
                                .isEqualTo(row.account().awaitsSynchronisation()))
                .anyMatch(row -> row.account() instanceof Party.Named)
                .anyMatch(row -> row.contact() instanceof Party.Unknown);
    }

    @Test
    void aRequestThatWasSentKeepsItsFaultBesideTheCircuitThatItOpened() {
        source.close();
        try (LineOfBusiness wary =
                new LineOfBusiness(
                        InstanceSettings.at(source.url())
                                .withResilience(
                                        Resilience.DEFAULT.opening(1, Duration.ofSeconds(10))),
                        InstanceSettings.at(target.url()))) {
            ProblemTicketReport report = wary.report();

            assertThat(report.coverage().accounts().source())
                    .isInstanceOfSatisfying(
                            Reach.Away.class,
                            away -> {
                                assertThat(away.code()).isEqualTo(Code.UNREACHABLE);
                                assertThat(away.circuit()).isInstanceOf(Circuit.Open.class);
                            });
            assertThat(report.statements())
                    .anyMatch(one -> one.text().contains("; circuit open since"));
        }
    }

    @Test
    void withTheSourceDownTheNamesThatWereReadBeforeAreRemembered() {
        lob.readDirectory();
        source.close();

        ProblemTicketReport report = lob.report();

        assertThat(report.coverage().accounts().byCopy()).isPositive();
        assertThat(report.coverage().accounts().byMemory()).isPositive();
        assertThat(report.coverage().accounts().unknown()).isZero();
        assertThat(report.rows())
                .filteredOn(row -> row.account().awaitsSynchronisation())
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(row.account().knownName().orElseThrow().origin())
                                .isEqualTo(Origin.MEMORY));
        assertThat(report.complete()).isFalse();
        assertThat(report.statements())
                .anyMatch(
                        statement -> statement.text().contains("as the source told them earlier"));
    }

    @Test
    void aSourceThatWasFoundAwayIsNotAskedAgain() {
        int before = source.requests();
        source.next(_ -> new Answer(503, "{}"));

        ProblemTicketReport report = lob.report();

        assertThat(source.requests() - before).isEqualTo(1);
        assertThat(report.coverage().contacts().source()).isInstanceOf(Reach.Away.class);
    }

    @Test
    void namesReadBeforeTheSourceWentAwayAreKept() {
        Account first = lob.readDirectory().accounts().values().iterator().next();
        source.next(_ -> new Answer(200, pageOf(first)));
        source.next(_ -> new Answer(503, "{}"));

        NameCoverage accounts = lob.report().coverage().accounts();

        assertThat(accounts.source()).isInstanceOf(Reach.Away.class);
        assertThat(accounts.bySource()).isEqualTo(1);
        assertThat(accounts.byCopy()).isPositive();
    }

    private static String pageOf(Account account) {
        return """
        {"value":[{"accountId":"%s","accountNumber":"A","name":"Kept","creditOnHold":false,
        "createdOn":"2026-01-01T00:00:00Z"}],"@odata.nextLink":"accounts?after=x"}
        """
                .formatted(account.accountId());
    }

    private void load(Batch batch) {
        assertThat(lob.loadReferenceData(ReferenceData.generate(batch, 10, 30)).complete())
                .isTrue();
    }

    private void submit(Batch batch) {
        ReferenceData data = ReferenceData.generate(batch, 10, 30);
        assertThat(
                        lob.submitTickets(
                                        Tickets.generate(
                                                batch,
                                                60,
                                                lob.readDirectory().about(data.accountIds())))
                                .complete())
                .isTrue();
    }
}
