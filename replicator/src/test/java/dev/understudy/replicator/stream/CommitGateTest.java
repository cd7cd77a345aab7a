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
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitGateTest {
    private static final TopicPartition PARTITION = new TopicPartition("us.contoso.crm.Account", 3);
    private static final FlushLimits LIMITS =
            new FlushLimits(100, Duration.ofMillis(5), Duration.ofMillis(100));

    private final Bench bench = new Bench();
    private final Breaker breaker =
            new Breaker(
                    Map.of(),
                    new Backoff(Duration.ofHours(1), Duration.ofHours(1), new Random(1)),
                    new BreakerMetrics(new SimpleMeterRegistry()),
                    Clock.systemUTC());
    private final ApplyTopology.Work work =
            new ApplyTopology.Work(
                    Events.mockRegistry(), bench.services, breaker, LIMITS, FaultHalt.none());
    private final Backlog backlog = new Backlog();
    private final ApplyTasks tasks = new ApplyTasks();
    private final ApplyTask task = new ApplyTask(3, bench.flusher(), work, backlog);
    private final CommitGate gate = new CommitGate(tasks, FaultHalt.none());

    @AfterEach
    void close() {
        task.close();
        breaker.close();
        bench.close();
    }

    @Test
    void aCommitFlushesFirst() {
        tasks.opened(task);
        add(40);
        add(41);

        assertThat(pass(42)).containsEntry(PARTITION, new OffsetAndMetadata(42, "meta"));
        assertThat(bench.store.versions).hasSize(2);
    }

    @Test
    void anOffsetIsHeldBackToTheFirstRecordThatIsPendingAndKeepsItsMetadata() {
        tasks.opened(task);
        add(40);
        add(41);
        bench.store.away = true;

        assertThat(pass(42)).containsEntry(PARTITION, new OffsetAndMetadata(40, "meta"));
        assertThat(breaker.isClosed()).isFalse();
    }

    @Test
    void whileTheBreakerIsOpenNothingIsFlushed() {
        tasks.opened(task);
        add(40);
        bench.store.away = true;
        pass(41);
        bench.store.away = false;

        assertThat(pass(41)).containsEntry(PARTITION, new OffsetAndMetadata(40, "meta"));
        assertThat(bench.store.versions).isEmpty();
    }

    @Test
    void anOffsetDoesNotPassTheConsumersPosition() {
        tasks.opened(task);

        assertThat(gate.pass(Map.of(PARTITION, new OffsetAndMetadata(42)), _ -> OptionalLong.of(7)))
                .containsEntry(PARTITION, new OffsetAndMetadata(7));
    }

    @Test
    void aPartitionWhosePositionIsNotKnownIsNotCommitted() {
        tasks.opened(task);

        assertThat(
                        gate.pass(
                                Map.of(PARTITION, new OffsetAndMetadata(42)),
                                _ -> OptionalLong.empty()))
                .isEmpty();
    }

    @Test
    void whatIsCommittedAlreadyIsNotCommittedAgain() {
        tasks.opened(task);
        gate.committed(pass(42));

        assertThat(pass(42)).isEmpty();
        assertThat(pass(43)).hasSize(1);
    }

    @Test
    void aPartitionWithoutATaskIsNotCommitted() {
        assertThat(pass(42)).isEmpty();
        tasks.opened(task);
        tasks.closed(task);

        assertThat(pass(42)).isEmpty();
    }

    @Test
    void aTaskOfAnotherThreadIsNotTouched() throws InterruptedException {
        ApplyTask[] others = new ApplyTask[1];
        Thread other =
                Thread.ofPlatform()
                        .start(() -> others[0] = new ApplyTask(3, bench.flusher(), work, backlog));
        other.join();
        tasks.opened(others[0]);

        assertThat(pass(42)).isEmpty();
    }

    private Map<TopicPartition, OffsetAndMetadata> pass(long offset) {
        return gate.pass(
                Map.of(PARTITION, new OffsetAndMetadata(offset, "meta")),
                _ -> OptionalLong.of(1000));
    }

    private void add(int offset) {
        backlog.polled(3, 2);
        task.add(
                Events.ACCOUNTS,
                Events.record(bench.encoder, Events.account(offset, 1), 3, offset));
    }
}
