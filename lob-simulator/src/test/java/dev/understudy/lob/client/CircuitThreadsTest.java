package dev.understudy.lob.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.fake.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One circuit, and several requests at once. */
@Timeout(60)
final class CircuitThreadsTest extends CircuitFixture {
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

    private void readCounting(CountDownLatch turnedAway) {
        try {
            read();
        } catch (InstanceFault fault) {
            assertThat(fault.code()).isEqualTo(Code.CIRCUIT_OPEN);
            turnedAway.countDown();
            throw fault;
        }
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
}
