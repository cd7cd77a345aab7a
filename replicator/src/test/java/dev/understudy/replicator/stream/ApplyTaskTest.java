package dev.understudy.replicator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Bench;
import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.breaker.Backoff;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.breaker.BreakerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplyTaskTest {
    private final Bench bench = new Bench();
    private final Breaker breaker =
            new Breaker(
                    Map.of(),
                    new Backoff(Duration.ofHours(1), Duration.ofHours(1), new Random(1)),
                    new BreakerMetrics(new SimpleMeterRegistry()),
                    Clock.systemUTC());
    private final Backlog backlog = new Backlog();
    private final ApplyTasks tasks = new ApplyTasks();
    private int offset;

    @AfterEach
    void close() {
        breaker.close();
        bench.close();
    }

    @Test
    void whatWasPolledTogetherIsOneBatch() {
        ApplyTask task = task(Duration.ofHours(1));
        backlog.polled(0, 7);

        add(task, 6);
        assertThat(bench.store.batches).isEmpty();
        add(task, 1);

        assertThat(bench.store.batches).containsExactly(7);
    }

    @Test
    void aFullBufferIsFlushedAtOnce() {
        ApplyTask task = task(Duration.ofHours(1));
        backlog.polled(0, 50);

        add(task, 25);

        assertThat(bench.store.batches).containsExactly(20);
    }

    @Test
    void anOldBufferIsFlushedAtTheNextLook() {
        ApplyTask task = task(Duration.ZERO);
        backlog.polled(0, 50);
        add(task, 5);

        task.look();

        assertThat(bench.store.batches).containsExactly(5);
    }

    @Test
    void whatIsPendingWhenATaskClosesIsDiscarded() {
        ApplyTask task = task(Duration.ZERO);
        backlog.polled(0, 50);
        add(task, 5);

        task.close();
        task.look();

        assertThat(bench.store.batches).isEmpty();
    }

    /** One commit for all, where each partition alone would wait for the others'. */
    @Test
    void whatWasPolledTogetherOfSeveralPartitionsIsOneBatch() {
        ApplyTask first = task(0, Duration.ofHours(1));
        ApplyTask second = task(1, Duration.ofHours(1));
        backlog.polled(0, 3);
        backlog.polled(1, 2);

        add(first, 3);
        assertThat(bench.store.batches).isEmpty();
        add(second, 2);

        assertThat(bench.store.batches).containsExactly(5);
    }

    private void add(ApplyTask task, int count) {
        for (int i = 0; i < count; i++) {
            offset++;
            task.add(
                    Events.ACCOUNTS,
                    Events.record(
                            bench.encoder, Events.account(offset, 1), task.partition(), offset));
        }
        if (!task.awaitsMore()) {
            tasks.flushWhatCameTogether();
        }
    }

    private ApplyTask task(Duration age) {
        return task(0, age);
    }

    private ApplyTask task(int partition, Duration age) {
        FlushLimits limits = new FlushLimits(20, Duration.ofMillis(5), age);
        ApplyTask task =
                new ApplyTask(
                        partition,
                        bench.flusher(),
                        new ApplyTopology.Work(
                                Events.mockRegistry(),
                                bench.services,
                                breaker,
                                limits,
                                FaultHalt.none()),
                        backlog);
        tasks.opened(task);
        return task;
    }
}
