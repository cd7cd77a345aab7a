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
    record Entry(LetterId id, About about) {}

    /**
     * A decision, and about which letter.
     *
     * @param origin of the letter: another one may be at its place, where the topic was made anew;
     *     unknown of a decision by an older replicator
     */
    record About(Decision decision, Optional<String> origin) {
        boolean isOf(Letter.Origin letter) {
            return origin.map(letter.text()::equals).orElse(true);
        }

        private String text() {
            return decision.text() + origin.map(text -> " " + text).orElse("");
        }

        private static About parse(String text) {
            String[] words = text.split(" ", 4);
            return words.length < 4
                    ? new About(Decision.parse(text), Optional.empty())
                    : new About(
                            Decision.parse(
                                    text.substring(0, text.length() - words[3].length() - 1)),
                            Optional.of(words[3]));
        }
    }

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
    synchronized void record(Map<LetterId, About> decisions) {
        Producer<byte[], byte[]> current = current();
        List<Future<?>> sent = new ArrayList<>();
        try {
            decisions.forEach((id, about) -> sent.add(current.send(record(id, about))));
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

    private ProducerRecord<byte[], byte[]> record(LetterId id, About about) {
        return new ProducerRecord<>(topic, id.text().getBytes(UTF_8), about.text().getBytes(UTF_8));
    }

    /** What a record says, if it is one of this log's. */
    static Optional<Entry> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? Optional.empty()
                    : Optional.of(
                            new Entry(
                                    LetterId.parse(new String(record.key(), UTF_8)),
                                    About.parse(new String(record.value(), UTF_8))));
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
