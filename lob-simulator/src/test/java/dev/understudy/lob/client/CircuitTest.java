package dev.understudy.lob.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.InstanceSettings.Limits;
import dev.understudy.lob.client.Submission.Failure;
import dev.understudy.lob.client.Submission.Reason;
import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Batch;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.fake.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the circuit opens and closes, and what it says. */
@Timeout(60)
final class CircuitTest extends CircuitFixture {
    private static final Account ACCOUNT =
            ReferenceData.generate(new Batch(1, 1), 1, 0).accounts().getFirst();

    @Test
    void opensAfterFailuresInARowAndThenAsksNothing() {
        fail(FAILURES - 1);
        assertThat(client.circuit()).isInstanceOf(Circuit.Closed.class);
        fail(1);

        Circuit.Open open = open();
        assertThat(open.since()).isEqualTo(clock.instant());
        assertThat(open.nextProbe()).isAfter(open.since());
        assertThat(open.cause()).contains("503", "DatabaseUnavailable");
        for (int i = 0; i < 100; i++) {
            assertThat(fault(this::read).code()).isEqualTo(Code.CIRCUIT_OPEN);
        }
        assertThat(source.requests()).isEqualTo(FAILURES);
        assertThat(fault(this::read))
                .hasMessageContaining("open since " + open.since())
                .hasMessageContaining("next probe from 2026-11-21T11:00:0");
    }

    @Test
    void aConnectionThatFailsIsAFailure() {
        for (int i = 0; i < FAILURES; i++) {
            source.dropNext();
            assertThat(fault(() -> client.create(Contoso.ACCOUNTS, ACCOUNT)).code())
                    .isEqualTo(Code.UNREACHABLE);
        }
        assertThat(client.circuit()).isInstanceOf(Circuit.Open.class);
    }

    @Test
    void noAnswerInTimeIsAFailure() {
        source.hold();
        try (InstanceClient impatient =
                new InstanceClient(
                        InstanceSettings.at(source.url())
                                .withRequestTimeout(Duration.ofMillis(100))
                                .withResilience(
                                        Resilience.DEFAULT.opening(1, Duration.ofSeconds(10))))) {
            ThrowingCallable read = () -> impatient.read(Contoso.ACCOUNTS, KEY);

            assertThat(fault(read).code()).isEqualTo(Code.TIMED_OUT);
            assertThat(fault(read).code()).isEqualTo(Code.CIRCUIT_OPEN);
        }
    }

    @Test
    void refusalsAndAnswersThatAreNotUnderstoodAreNoFailures() {
        for (int i = 0; i < 5 * FAILURES; i++) {
            int status = List.of(400, 404, 422, 429, 500).get(i % 5);
            source.next(_ -> new Answer(status, ""));
            assertThat(client.upsert(Contoso.ACCOUNTS, ACCOUNT))
                    .isInstanceOf(WriteResult.Refused.class);
        }
        assertThat(client.circuit()).isInstanceOf(Circuit.Closed.class);
    }

    @Test
    void anAnswerBetweenFailuresKeepsItClosed() {
        for (int i = 0; i < 5; i++) {
            fail(FAILURES - 1);
            read();
        }
        assertThat(client.circuit()).isInstanceOf(Circuit.Closed.class);
    }

    @Test
    void closesByItselfWithTheFirstProbeThatIsAnswered() {
        fail(FAILURES);
        clock.moveTo(open().nextProbe());
        read();

        assertThat(client.circuit()).isEqualTo(new Circuit.Closed(clock.instant()));
        read();
    }

    @Test
    void waitsGrowAreDrawnAndAreBounded() {
        fail(FAILURES);
        Instant since = open().since();
        List<Duration> waits = new ArrayList<>();
        for (int failedProbes = 0; failedProbes < 12; failedProbes++) {
            Circuit.Open open = open();
            assertThat(open.since()).isEqualTo(since);
            assertThat(open.failedProbes()).isEqualTo(failedProbes);
            waits.add(Duration.between(clock.instant(), open.nextProbe()));
            clock.moveTo(open.nextProbe());
            fail(1);
        }

        for (int i = 0; i < waits.size(); i++) {
            long middleMs = Math.min(500L << i, 20_000);
            assertThat(waits.get(i).toMillis())
                    .isBetween(
                            Math.min(middleMs / 2, 10_000), Math.min(middleMs * 3 / 2, 10_000) + 1);
        }
        assertThat(waits.getLast()).isGreaterThan(waits.getFirst());
    }

    @Test
    void aWriteThatMayHaveBeenDoneIsNotSaidToBeUnsent() {
        try (InstanceClient stubborn =
                new InstanceClient(
                        InstanceSettings.at(source.url())
                                .withLimits(new Limits(1, 500, 3, 50))
                                .withResilience(
                                        Resilience.DEFAULT.opening(2, Duration.ofSeconds(10))))) {
            source.dropNext();
            source.dropNext();

            InstanceFault fault = fault(() -> stubborn.upsert(Contoso.ACCOUNTS, ACCOUNT));

            assertThat(fault.code()).isEqualTo(Code.UNREACHABLE);
            assertThat(source.requests()).isEqualTo(2);
            assertThat(fault(() -> stubborn.upsert(Contoso.ACCOUNTS, ACCOUNT)).code())
                    .isEqualTo(Code.CIRCUIT_OPEN);
        }
    }

    @Test
    void bulkSubmissionSaysWhatTheCircuitKeptBack() {
        fail(FAILURES);
        Submission submission =
                client.submit(
                        Contoso.ACCOUNTS,
                        ReferenceData.generate(new Batch(1, 1), 70, 0).accounts());

        assertThat(submission.failures())
                .extracting(Failure::reason, Failure::code, Failure::count)
                .containsExactly(Tuple.tuple(Reason.NOT_SENT, "CircuitOpen", 70));
        assertThat(source.requests()).isEqualTo(FAILURES);
    }

    @Test
    void neverOpensWhereThatIsSaid() {
        try (InstanceClient patient =
                new InstanceClient(
                        InstanceSettings.at(source.url())
                                .withResilience(Resilience.DEFAULT.neverOpening()))) {
            for (int i = 0; i < 20; i++) {
                source.next(_ -> DOWN);
                assertThat(fault(() -> patient.read(Contoso.ACCOUNTS, KEY)).code())
                        .isEqualTo(Code.UNAVAILABLE);
            }
            assertThat(patient.circuit()).isInstanceOf(Circuit.Closed.class);
        }
    }
}
