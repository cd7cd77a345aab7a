package dev.understudy.replicator.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Fault;
import dev.understudy.replicator.apply.Part;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Fault FAULT =
            new Fault(Part.DATABASE, "it is away", new IOException("it is away"));

    private final Semaphore usable = new Semaphore(0);
    private final AtomicInteger probed = new AtomicInteger();
    private final RecordingValve valve = new RecordingValve();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile @Nullable Error error;
    private final Breaker breaker =
            new Breaker(
                    Map.of(Part.DATABASE, this::probe),
                    new Backoff(Duration.ofMillis(2), Duration.ofMillis(10), new Random(1)),
                    new BreakerMetrics(meters),
                    Clock.systemUTC());

    @AfterEach
    void close() {
        breaker.close();
    }

    @Test
    void aFaultPausesTheStreamUntilItsPartAnswers() throws InterruptedException {
        breaker.control(valve);
        breaker.failed(FAULT);
        assertThat(valve.paused).isTrue();
        assertThat(breaker.state())
                .isInstanceOfSatisfying(
                        Breaker.Open.class,
                        open -> assertThat(open.message()).isEqualTo("it is away"));

        usable.release();

        assertThat(valve.resumed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(breaker.enter()).isTrue();
        breaker.succeeded();
        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.healed()).isPresent();
        assertThat(probed).hasPositiveValue();
    }

    @Test
    void aTrialThatFailsPausesTheStreamAgainAndTellsOfTheFirstFailureOnly() throws Exception {
        breaker.control(valve);
        breaker.failed(FAULT);
        Breaker.Open first = (Breaker.Open) breaker.state();
        usable.release();
        assertThat(valve.resumed.await(10, TimeUnit.SECONDS)).isTrue();
        valve.paused = false;

        assertThat(breaker.enter()).isTrue();
        breaker.failed(FAULT);

        assertThat(valve.paused).isTrue();
        assertThat(breaker.enter()).isFalse();
        assertThat(breaker.state()).isEqualTo(first);
        assertThat(meters.get("understudy.replicator.outages").tag("part", "database").counter())
                .satisfies(outages -> assertThat(outages.count()).isEqualTo(1));
    }

    @Test
    void ofATrialOneThreadIsAndTheOthersWaitForItsEnd() throws Exception {
        breaker.control(valve);
        breaker.failed(FAULT);
        usable.release();
        assertThat(valve.resumed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(breaker.enter()).isTrue();
        FutureTask<Boolean> other = new FutureTask<>(breaker::enter);
        Thread waiting = Thread.ofPlatform().start(other);
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(other.isDone()).isFalse();

        breaker.succeeded();

        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aProbeThatEndsInAnErrorIsRepeated() throws InterruptedException {
        error = new NoClassDefFoundError("one that comes back");
        breaker.control(valve);
        breaker.failed(FAULT);

        usable.release();

        assertThat(valve.resumed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(probed).hasValueGreaterThan(1);
    }

    @Test
    void aStreamThatStartsWhileItIsOpenIsPaused() {
        breaker.failed(FAULT);

        breaker.control(valve);

        assertThat(valve.paused).isTrue();
    }

    @Test
    void theWaitDoublesUpToItsLimit() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1));

        assertThat(backoff.after(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(backoff.after(2)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(backoff.after(50)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    private void probe() throws IOException {
        probed.incrementAndGet();
        Error thrown = error;
        error = null;
        if (thrown != null) {
            throw thrown;
        }
        if (!usable.tryAcquire()) {
            throw new IOException("still away");
        }
    }

    private static final class RecordingValve implements Valve {
        private final CountDownLatch resumed = new CountDownLatch(1);
        private volatile boolean paused;

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            resumed.countDown();
        }
    }
}
