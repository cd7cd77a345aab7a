package dev.understudy.replicator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Bench;
import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.breaker.Backoff;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.breaker.BreakerMetrics;
import dev.understudy.schemas.event.ChangeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ApplyTopologyTest {
    private static final Duration INTERVAL = Duration.ofMillis(5);

    private final Bench bench = new Bench();
    private final Breaker breaker =
            new Breaker(
                    Map.of(),
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1)),
                    new BreakerMetrics(new SimpleMeterRegistry()),
                    Clock.systemUTC());
    private final TopologyTestDriver driver = driver();

    @AfterEach
    void close() {
        driver.close();
        breaker.close();
        bench.close();
    }

    @Test
    void aRecordWithNothingBehindItIsFlushedAtOnce() {
        send(Events.account(1, 1));
        send(Events.contact(2, 1, 1));

        assertThat(bench.store.batches).containsExactly(1, 1);
    }

    @Test
    @Timeout(30)
    void whatAFailedFlushLeftIsTriedAgain() {
        bench.producer.sendException = new TimeoutException("no broker");
        send(Events.account(1, 1));
        bench.producer.sendException = null;

        while (bench.producer.history().isEmpty()) {
            driver.advanceWallClockTime(INTERVAL);
        }

        assertThat(bench.store.batches).containsExactly(1);
    }

    private void send(ChangeEvent event) {
        ProducerRecord<byte[], byte[]> record = bench.encoder.encode(event);
        TestInputTopic<byte[], byte[]> topic =
                driver.createInputTopic(
                        record.topic(), new ByteArraySerializer(), new ByteArraySerializer());
        topic.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers()));
    }

    private TopologyTestDriver driver() {
        ApplyTopology topology =
                new ApplyTopology(
                        Events.CATALOG,
                        "europe",
                        new ApplyTopology.Work(
                                Events.mockRegistry(),
                                bench.services,
                                breaker,
                                new FlushLimits(20, INTERVAL, Duration.ZERO),
                                FaultHalt.none()));
        Properties properties = new Properties();
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        return new TopologyTestDriver(topology.topology(), properties);
    }
}
