package dev.understudy.replicator.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Decisions as records of their topic, keyed by the letter's ID. Thread-safe. */
final class DecisionLog implements AutoCloseable {
    private final String topic;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Duration timeout;
    private @Nullable Producer<byte[], byte[]> producer;

    /** What a record of the topic says. */
    record Entry(LetterId id, Decision decision) {}

    DecisionLog(String topic, Supplier<Producer<byte[], byte[]>> producers, Duration timeout) {
        this.topic = topic;
        this.producers = producers;
        this.timeout = timeout;
    }

    /**
     * Returns when Kafka has them all.
     *
     * @throws KafkaException if it may not
     */
    synchronized void record(Map<LetterId, Decision> decisions) {
        Producer<byte[], byte[]> current = current();
        List<Future<?>> sent = new ArrayList<>();
        try {
            decisions.forEach((id, decision) -> sent.add(current.send(record(id, decision))));
            long deadline = System.nanoTime() + timeout.toNanos();
            for (Future<?> one : sent) {
                one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while a decision was being written", e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            close();
            throw new KafkaException("a decision may not have been written: " + e, e);
        }
    }

    private Producer<byte[], byte[]> current() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    private ProducerRecord<byte[], byte[]> record(LetterId id, Decision decision) {
        return new ProducerRecord<>(
                topic, id.text().getBytes(UTF_8), decision.text().getBytes(UTF_8));
    }

    /** What a record says, if it is one of this log's. */
    static Optional<Entry> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? Optional.empty()
                    : Optional.of(
                            new Entry(
                                    LetterId.parse(new String(record.key(), UTF_8)),
                                    Decision.parse(new String(record.value(), UTF_8))));
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
