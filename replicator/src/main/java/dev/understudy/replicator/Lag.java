package dev.understudy.replicator;

import dev.understudy.replicator.completeness.AsOf;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the target is behind Kafka, in time: all that was in the topics at the time {@link #asOf}
 * is durable. Grows while anything stands still. Thread-safe.
 */
final class Lag {
    private final AsOf samples = new AsOf();
    private final Instant start;

    /**
     * @param start what there is to be said before the first observation
     */
    Lag(Instant start) {
        this.start = start;
    }

    /** Takes note of where the topics ended at a time, and how far the commits have come since. */
    synchronized void observed(
            Instant at, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
        samples.expect(at, ends);
        samples.reached(committed);
    }

    synchronized Instant asOf() {
        return samples.time().orElse(start);
    }

    double seconds(Instant now) {
        return Math.max(0, Duration.between(asOf(), now).toMillis()) / 1000.0;
    }
}
