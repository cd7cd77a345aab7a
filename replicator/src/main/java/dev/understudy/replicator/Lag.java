package dev.understudy.replicator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the target is behind Kafka, in time: all that was in the topics at the time {@link #asOf}
 * is durable. Grows while anything stands still. Thread-safe.
 */
final class Lag {
    private static final int MAX_SAMPLES = 3600;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Instant asOf;

    private record Sample(Instant at, Map<TopicPartition, Long> ends) {
        boolean isReached(Map<TopicPartition, Long> committed) {
            return ends.entrySet().stream()
                    .allMatch(end ->
                            end.getValue() == 0
                                    || committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }
    }

    /**
     * @param start what there is to be said before the first observation
     */
    Lag(Instant start) {
        asOf = start;
    }

    /** Takes note of where the topics ended at a time, and how far the commits have come since. */
    synchronized void observed(
            Instant at, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
        if (samples.size() < MAX_SAMPLES) {
            samples.add(new Sample(at, Map.copyOf(ends)));
        }
        for (Sample next = samples.peek();
                next != null && next.isReached(committed);
                next = samples.peek()) {
            asOf = samples.remove().at();
        }
    }

    synchronized Instant asOf() {
        return asOf;
    }

    double seconds(Instant now) {
        return Math.max(0, Duration.between(asOf(), now).toMillis()) / 1000.0;
    }
}
