package dev.understudy.replicator.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Fault;
import dev.understudy.replicator.apply.Part;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
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
    private volatile @Nullable Error error;
    private final Breaker breaker =
            new Breaker(
                    Map.of(Part.DATABASE, this::probe),
                    new Breaker.Backoff(Duration.ofMillis(2), Duration.ofMillis(10), new Random(1)),
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
        assertThat(breaker.isClosed()).isTrue();
        assertThat(probed).hasPositiveValue();
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
        Breaker.Backoff backoff =
                new Breaker.Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1));

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

    private static final class RecordingValve implements Breaker.Valve {
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
