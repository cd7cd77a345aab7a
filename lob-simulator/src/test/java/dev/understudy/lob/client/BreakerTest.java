package dev.understudy.lob.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.understudy.lob.client.Transport.Answer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BreakerTest {

    private static final Set<Thread.State> ENDED_OR_KEPT_OUT =
            EnumSet.of(Thread.State.TERMINATED, Thread.State.BLOCKED, Thread.State.WAITING);

    private final StoppingClock clock = new StoppingClock();
    private final Breaker breaker =
            new Breaker(
                    URI.create("http://us"),
                    Resilience.DEFAULT.opening(1, Duration.ofSeconds(10)),
                    clock);

    @Test
    void whoComesWhileTheCircuitChangesDoesNotKeepTheOnlyProbeForEver()
            throws InterruptedException {
        call(503);
        clock.now = clock.now.plusSeconds(60);
        clock.stopsInTransition = true;
        Thread first = Thread.ofPlatform().start(() -> call(404));
        clock.stopped.await();
        Thread second = Thread.ofPlatform().start(() -> call(404));
        while (!ENDED_OR_KEPT_OUT.contains(second.getState())) {
            Thread.onSpinWait();
        }
        clock.released.countDown();
        first.join();
        second.join();

        assertThat(breaker.circuit()).isInstanceOf(Circuit.Closed.class);
    }

    private void call(int status) {
        try {
            breaker.call(() -> new Answer(status, null, MissingNode.getInstance()));
        } catch (InstanceFault fault) {
            assertThat(fault.code()).isEqualTo(InstanceFault.Code.CIRCUIT_OPEN);
        }
    }

    /** Stops the first thread that asks for the time while it tells of a change of the circuit. */
    private static final class StoppingClock extends Clock {

        private final CountDownLatch stopped = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile Instant now = Instant.parse("2026-11-21T11:00:00Z");
        private volatile boolean stopsInTransition;

        @Override
        public Instant instant() {
            if (stopsInTransition && isInTransition()) {
                stopsInTransition = false;
                stopped.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return now;
        }

        private static boolean isInTransition() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame ->
                                    frame.getClassName().equals(Breaker.class.getName())
                                            && frame.getMethodName().equals("transition")));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
