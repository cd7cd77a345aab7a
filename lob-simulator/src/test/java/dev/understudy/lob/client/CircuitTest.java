package dev.understudy.lob.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.InstanceSettings.Limits;
import dev.understudy.lob.client.Submission.Failure;
import dev.understudy.lob.client.Submission.Reason;
import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Batch;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.fake.Answer;
import dev.understudy.lob.fake.FakeInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The circuit towards an instance, over real HTTP and with a clock that is moved by hand. */
@Timeout(60)
class CircuitTest {

    private static final UUID KEY = new UUID(0, 1);
    private static final int FAILURES = 3;
    private static final Answer DOWN =
            new Answer(503, "{\"error\":{\"code\":\"DatabaseUnavailable\",\"message\":\"\"}}");
    private static final Account ACCOUNT =
            ReferenceData.generate(new Batch(1, 1), 1, 0).accounts().getFirst();

    private final FakeInstance source = FakeInstance.source();
    private final MovedClock clock = new MovedClock();
    private final InstanceClient client =
            new InstanceClient(
                    InstanceSettings.at(source.url())
                            .withLimits(new Limits(50, 500, 1, 50))
                            .withResilience(
                                    Resilience.DEFAULT.opening(FAILURES, Duration.ofSeconds(10))),
                    clock);

    @AfterEach
    void stop() {
        client.close();
        source.close();
    }

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
    void isProbedByOneOfManyAtATime() throws InterruptedException {
        fail(FAILURES);
        clock.moveTo(open().nextProbe());
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        source.next(_ -> {
            arrived.countDown();
            awaited(released);
            return new Answer(404, "");
        });
        int threads = 50;
        CountDownLatch turnedAway = new CountDownLatch(threads - 1);
        List<Future<?>> reads = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                reads.add(pool.submit(() -> readCounting(turnedAway)));
            }
            turnedAway.await();
            arrived.await();
            assertThat(client.circuit()).isInstanceOf(Circuit.HalfOpen.class);
            assertThat(source.requests()).isEqualTo(FAILURES + 1);
            released.countDown();
        }

        assertThat(reads.stream().filter(read -> read.state() == Future.State.SUCCESS)).hasSize(1);
        assertThat(client.circuit()).isInstanceOf(Circuit.Closed.class);
    }

    @Test
    void whatWasSentBeforeItOpenedDoesNotCountAsTheProbe()
            throws InterruptedException, ExecutionException {
        CountDownLatch late = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        source.next(_ -> {
            arrived.countDown();
            awaited(late);
            return DOWN;
        });
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<InstanceFault> early = pool.submit(() -> fault(this::read));
            arrived.await();
            fail(FAILURES);
            Circuit opened = open();
            clock.pass(Duration.ofMillis(1));
            late.countDown();
            assertThat(early.get().code()).isEqualTo(Code.UNAVAILABLE);

            assertThat(client.circuit()).isEqualTo(opened);
        }
    }

    @Test
    void whatWasSentBeforeItOpenedGivesBackNoPermissionToProbe()
            throws InterruptedException, ExecutionException {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(2);
        source.next(_ -> held(arrived, over));
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Thread early = Thread.startVirtualThread(() -> fault(this::read));
            while (arrived.getCount() > 1) {
                Thread.onSpinWait();
            }
            fail(FAILURES);
            clock.moveTo(open().nextProbe());
            source.next(_ -> held(arrived, over));
            Future<?> probe = pool.submit(this::read);
            arrived.await();
            early.interrupt();
            early.join();
            assertThat(fault(this::read).code()).isEqualTo(Code.CIRCUIT_OPEN);
            over.countDown();
            probe.get();
        }
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

    private void read() {
        assertThat(client.read(Contoso.ACCOUNTS, KEY)).isEmpty();
    }

    private void readCounting(CountDownLatch turnedAway) {
        try {
            read();
        } catch (InstanceFault fault) {
            assertThat(fault.code()).isEqualTo(Code.CIRCUIT_OPEN);
            turnedAway.countDown();
            throw fault;
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            source.next(_ -> DOWN);
            assertThat(fault(this::read).code()).isEqualTo(Code.UNAVAILABLE);
        }
    }

    private Circuit.Open open() {
        assertThat(client.circuit()).isInstanceOf(Circuit.Open.class);
        return (Circuit.Open) client.circuit();
    }

    private static Answer held(CountDownLatch arrived, CountDownLatch over) {
        arrived.countDown();
        awaited(over);
        return new Answer(404, "");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InstanceFault fault(ThrowingCallable call) {
        return assertThatExceptionOfType(InstanceFault.class).isThrownBy(call).actual();
    }
}
