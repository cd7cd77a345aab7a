package dev.understudy.lob.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.InstanceSettings.Limits;
import dev.understudy.lob.client.Submission.Failure;
import dev.understudy.lob.client.Submission.Reason;
import dev.understudy.lob.contoso.Batch;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.fake.Answer;
import dev.understudy.lob.fake.FakeInstance;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceFaultTest {

    private static final UUID KEY = new UUID(0, 1);

    private final FakeInstance source = FakeInstance.source();
    private final InstanceClient client = client(Duration.ofSeconds(20), Limits.DEFAULT);
    private final ReferenceData data = ReferenceData.generate(new Batch(1, 1), 10, 0);

    @AfterEach
    void stop() {
        client.close();
        source.close();
    }

    @Test
    void aRefusedConnectionIsUnreachableAndNamesTheRequest() {
        source.close();

        InstanceFault fault = fault(() -> client.read(Contoso.ACCOUNTS, KEY));

        assertThat(fault.code()).isEqualTo(Code.UNREACHABLE);
        assertThat(fault.retryable()).isTrue();
        assertThat(fault)
                .hasMessageContaining("GET " + source.url())
                .hasMessageContaining("(" + KEY + ")");
        assertThat(fault.getSuppressed()).hasSize(1);
    }

    @Test
    void noAnswerInTimeIsTimedOut() {
        CountDownLatch over = new CountDownLatch(1);
        source.next(_ -> afterwards(over));
        try (InstanceClient impatient = client(Duration.ofMillis(200), Limits.DEFAULT)) {
            InstanceFault fault = fault(() -> impatient.read(Contoso.ACCOUNTS, KEY));

            assertThat(fault.code()).isEqualTo(Code.TIMED_OUT);
            assertThat(fault).hasMessageContaining("200 ms");
        } finally {
            over.countDown();
        }
    }

    @Test
    void aDroppedConnectionIsTriedAgainForAnIdempotentRequest() {
        source.dropNext();

        assertThat(client.upsert(Contoso.ACCOUNTS, data.accounts().getFirst()))
                .isInstanceOf(WriteResult.Accepted.class);
    }

    @Test
    void aDroppedConnectionIsNotTriedAgainForACreation() {
        source.dropNext();

        InstanceFault fault =
                fault(() -> client.create(Contoso.ACCOUNTS, data.accounts().getFirst()));

        assertThat(fault.code()).isEqualTo(Code.UNREACHABLE);
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void aDeletionWhoseFirstAnswerWasLostIsDone() {
        client.upsert(Contoso.ACCOUNTS, data.accounts().getFirst());
        UUID key = data.accounts().getFirst().accountId();
        source.next(_ -> {
            source.forget("accounts", key);
            return Answer.DROP;
        });

        assertThat(client.delete(Contoso.ACCOUNTS, key)).isInstanceOf(WriteResult.Accepted.class);
        assertThat(client.delete(Contoso.ACCOUNTS, key)).isInstanceOf(WriteResult.Refused.class);
    }

    @Test
    void aWriteWhoseOutcomeIsUnknownIsNotRefused() {
        String body = "{\"error\":{\"code\":\"OutcomeUnknown\",\"message\":\"at its commit\"}}";
        source.next(_ -> new Answer(503, body));
        source.next(_ -> new Answer(503, body));

        InstanceFault fault =
                fault(() -> client.create(Contoso.ACCOUNTS, data.accounts().getFirst()));
        Submission submission = client.submit(Contoso.ACCOUNTS, data.accounts().subList(0, 1));

        assertThat(fault.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(fault).hasMessageContaining("503 OutcomeUnknown: at its commit");
        assertThat(submission.failures())
                .extracting(Failure::reason, Failure::code)
                .containsExactly(tuple(Reason.UNANSWERED, "UNAVAILABLE"));
    }

    @Test
    void anErrorWithoutJsonIsRefusedByItsStatus() {
        source.next(_ -> new Answer(502, "<html>"));

        assertThat(client.upsert(Contoso.ACCOUNTS, data.accounts().getFirst()))
                .isEqualTo(new WriteResult.Refused(502, "Http502", ""));
    }

    @Test
    void aReadWithoutDatabaseIsUnavailable() {
        source.next(_ ->
                new Answer(
                        503,
                        "{\"error\":{\"code\":\"DatabaseUnavailable\",\"message\":\"later\"}}"));

        InstanceFault fault = fault(() -> client.list(Contoso.ACCOUNTS));

        assertThat(fault.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(fault).hasMessageContaining("DatabaseUnavailable later");
    }

    @Test
    void anEntityWithoutARequiredFieldIsUnexpectedAndNamed() {
        source.next(_ -> new Answer(200, "{\"accountId\":\"" + KEY + "\"}"));

        InstanceFault fault = fault(() -> client.read(Contoso.ACCOUNTS, KEY));

        assertThat(fault.code()).isEqualTo(Code.UNEXPECTED_ANSWER);
        assertThat(fault).hasMessageContaining("field accountNumber is missing");
    }

    @Test
    void anAnswerThatIsNotJsonIsUnexpected() {
        source.next(_ -> new Answer(200, "<html>"));

        assertThat(fault(() -> client.list(Contoso.ACCOUNTS)).code())
                .isEqualTo(Code.UNEXPECTED_ANSWER);
    }

    @Test
    void aNextLinkThatLeadsBackIsNotFollowedForever() {
        source.next(_ -> new Answer(200, "{\"value\":[],\"@odata.nextLink\":\"accounts\"}"));

        assertThat(fault(() -> client.list(Contoso.ACCOUNTS)).code())
                .isEqualTo(Code.UNEXPECTED_ANSWER);
    }

    @Test
    void bulkSubmissionRunsAsManyAtOnceAsAllowed() {
        CyclicBarrier four = new CyclicBarrier(4);
        for (int i = 0; i < 8; i++) {
            source.next(_ -> together(four));
        }
        try (InstanceClient bounded = client(Duration.ofSeconds(20), new Limits(4, 500, 1, 50))) {
            Submission submission = bounded.submit(Contoso.ACCOUNTS, data.accounts().subList(0, 8));

            assertThat(submission.complete()).isTrue();
            assertThat(source.mostAtOnce()).isEqualTo(4);
        }
    }

    @Test
    void bulkSubmissionStopsAskingAnInstanceThatDoesNotAnswer() {
        source.close();
        try (InstanceClient bounded = client(Duration.ofSeconds(20), new Limits(1, 500, 1, 3))) {
            Submission submission = bounded.submit(Contoso.ACCOUNTS, data.accounts());

            assertThat(submission.accepted()).isZero();
            assertThat(submission.failures())
                    .extracting(Failure::reason, Failure::count)
                    .containsExactlyInAnyOrder(
                            tuple(Reason.UNANSWERED, 3), tuple(Reason.NOT_SENT, 7));
        }
    }

    private InstanceClient client(Duration requestTimeout, Limits limits) {
        return new InstanceClient(
                InstanceSettings.at(source.url())
                        .withRequestTimeout(requestTimeout)
                        .withLimits(limits));
    }

    private static InstanceFault fault(ThrowingCallable call) {
        return assertThatExceptionOfType(InstanceFault.class).isThrownBy(call).actual();
    }

    private static Answer afterwards(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
            return new Answer(204, "");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer together(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
            return new Answer(204, "");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
