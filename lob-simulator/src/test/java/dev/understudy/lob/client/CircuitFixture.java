package dev.understudy.lob.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.InstanceSettings.Limits;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.fake.Answer;
import dev.understudy.lob.fake.FakeInstance;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A circuit towards an instance, over real HTTP and with a clock that is moved by hand. */
abstract class CircuitFixture {
    static final UUID KEY = new UUID(0, 1);
    static final int FAILURES = 3;
    static final Answer DOWN =
            new Answer(503, "{\"error\":{\"code\":\"DatabaseUnavailable\",\"message\":\"\"}}");

    final FakeInstance source = FakeInstance.source();
    final MovedClock clock = new MovedClock();
    final InstanceClient client =
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

    void read() {
        assertThat(client.read(Contoso.ACCOUNTS, KEY)).isEmpty();
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            source.next(_ -> DOWN);
            assertThat(fault(this::read).code()).isEqualTo(Code.UNAVAILABLE);
        }
    }

    Circuit.Open open() {
        assertThat(client.circuit()).isInstanceOf(Circuit.Open.class);
        return (Circuit.Open) client.circuit();
    }

    static InstanceFault fault(ThrowingCallable call) {
        return assertThatExceptionOfType(InstanceFault.class).isThrownBy(call).actual();
    }
}
