package dev.understudy.replicator.stream;

import dev.understudy.replicator.apply.FlushMetrics;
import dev.understudy.replicator.apply.Flusher;
import dev.understudy.replicator.apply.Outbox;
import dev.understudy.replicator.apply.Part;
import dev.understudy.replicator.apply.Reports;
import dev.understudy.replicator.apply.WriterSchemas;
import dev.understudy.replicator.breaker.Backoff;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.breaker.BreakerMetrics;
import dev.understudy.replicator.breaker.Valve;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.system.simulation.Happening;
import dev.understudy.system.simulation.SimulatedCrash;
import dev.understudy.system.simulation.SimulatedDatabase;
import dev.understudy.system.simulation.SimulatedGroup;
import dev.understudy.system.simulation.SimulatedKafka;
import dev.understudy.system.simulation.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** One instance of the replicator, with what Kafka Streams does around its processor. */
public final class SimulatedReplicator {
    private static final FlushLimits LIMITS =
            new FlushLimits(4, Duration.ofMillis(5), Duration.ZERO);

    private final Catalog catalog;
    private final World world;
    private final SimulatedGroup group;
    private final Codecs codecs;
    private final Backlog backlog = new Backlog();
    private final ApplyTasks tasks = new ApplyTasks();
    private final CommitGate gate = new CommitGate(tasks, FaultHalt.none());
    private final Map<Integer, ApplyTask> own = new TreeMap<>();
    private final SimulatedConsumer consumer;
    private final SimulatedTimer timer;
    private final Breaker breaker;
    private final ApplyTopology.Work work;
    private boolean paused;

    /** What all instances of all histories share. */
    public record Codecs(
            Catalog catalog,
            Map<String, String> registry,
            ChangeEventDecoder decoder,
            Reports reports,
            FlushMetrics metrics,
            BreakerMetrics breaker) {
        /** With a registry that is made up. */
        public static Codecs of(Catalog catalog, Map<String, String> registry) {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            return new Codecs(
                    catalog,
                    registry,
                    new ChangeEventDecoder(registry),
                    new Reports("europe", registry),
                    new FlushMetrics(meters),
                    new BreakerMetrics(meters));
        }
    }

    public SimulatedReplicator(
            World world,
            SimulatedDatabase database,
            SimulatedKafka kafka,
            SimulatedGroup group,
            Codecs codecs) {
        this.catalog = codecs.catalog();
        this.world = world;
        this.group = group;
        this.codecs = codecs;
        this.consumer = new SimulatedConsumer(world, kafka, group, backlog);
        this.timer = new SimulatedTimer(world);
        this.breaker =
                new Breaker(
                        Map.of(
                                Part.DATABASE,
                                () -> require(!database.isAway()),
                                Part.KAFKA,
                                () -> require(!kafka.isAway())),
                        new Backoff(Duration.ofMillis(2), Duration.ofMillis(20), world.chance()),
                        codecs.breaker(),
                        world.clock(),
                        timer);
        breaker.control(
                new Valve() {
                    @Override
                    public void pause() {
                        paused = true;
                    }

                    @Override
                    public void resume() {
                        paused = false;
                    }
                });
        this.work =
                new ApplyTopology.Work(
                        codecs.registry(),
                        new Flusher.Services(
                                database,
                                WriterSchemas.ALL_READABLE,
                                new Outbox(
                                        () -> kafka.producer(Map.of()),
                                        codecs.reports(),
                                        Duration.ofSeconds(1)),
                                codecs.metrics(),
                                world.clock()),
                        breaker,
                        LIMITS,
                        FaultHalt.none());
    }

    private static void require(boolean there) {
        if (!there) {
            throw new IllegalStateException("away");
        }
    }

    /**
     * Does a little.
     *
     * @return whether its process still runs
     */
    public boolean step() {
        try {
            timer.runDue();
            if (world.isCalm() || world.oneIn(8)) {
                notice();
            }
            switch (world.below(4)) {
                case 0 -> own.values().forEach(ApplyTask::look);
                case 1 -> commit();
                default -> {
                    if (!paused) {
                        consumer.poll();
                    }
                    process(1 + world.below(6));
                }
            }
            return true;
        } catch (KafkaException _) {
            // Streams tries again, or finds out that it has lost its partitions.
            return true;
        } catch (SimulatedCrash _) {
            world.note(Happening.REPLICATOR_CRASHED);
            return false;
        }
    }

    /** Partitions that went to another one while it did not answer: nothing of them is its own. */
    private void notice() {
        for (int partition : own.keySet().toArray(Integer[]::new)) {
            if (!group.isOf(partition, this)) {
                close(partition);
            }
        }
        for (int partition = 0; partition < SimulatedKafka.PARTITIONS; partition++) {
            if (group.isOf(partition, this) && !own.containsKey(partition)) {
                ApplyTask task =
                        new ApplyTask(
                                partition,
                                new Flusher(codecs.decoder(), work.services(), LIMITS.records()),
                                work,
                                backlog);
                own.put(partition, task);
                tasks.opened(task);
                consumer.seek(partition);
            }
        }
    }

    private void process(int most) {
        for (int i = 0; i < most && !paused; i++) {
            Optional<ConsumerRecord<byte[], byte[]>> next = consumer.next();
            if (next.isEmpty()) {
                return;
            }
            ConsumerRecord<byte[], byte[]> record = next.get();
            ApplyTask task = Objects.requireNonNull(own.get(record.partition()));
            tasks.take(task, catalog.byTopic(record.topic()).orElseThrow(), record);
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> asked = consumer.consumed();
        gate.commit(
                asked,
                name -> consumer.position(name).map(OptionalLong::of).orElse(OptionalLong.empty()),
                passed -> {
                    world.danger();
                    passed.forEach((name, offset) -> {
                        if (offset.offset() < asked.get(name).offset()) {
                            world.note(Happening.COMMIT_HELD_BACK);
                        }
                    });
                    group.commit(this, passed);
                    world.danger();
                });
    }

    /**
     * Gives a partition back, as a rebalance asks for.
     *
     * @param keeps whether it is its own again right away, so that the task is not closed
     * @return whether its process still runs
     */
    public boolean revoke(int partition, boolean keeps) {
        try {
            if (own.containsKey(partition)) {
                try {
                    commit();
                } catch (KafkaException _) {
                    // Then it is read again.
                }
                if (keeps) {
                    consumer.seek(partition);
                } else {
                    close(partition);
                }
            }
            return true;
        } catch (SimulatedCrash _) {
            world.note(Happening.REPLICATOR_CRASHED);
            return false;
        }
    }

    private void close(int partition) {
        ApplyTask task = own.remove(partition);
        if (task != null) {
            tasks.closed(task);
            task.close();
        }
        consumer.forget(partition);
    }

    /** Whether it has come to the end of all that is its own. */
    public boolean isDrained() {
        return consumer.isDrained()
                && consumer.partitions().stream()
                        .allMatch(name ->
                                Objects.requireNonNull(own.get(name.partition()))
                                        .firstPending(name)
                                        .isEmpty());
    }
}
