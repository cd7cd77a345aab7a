package dev.understudy.replicator.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What the group has not committed yet, and how fast it commits, over the last half minute. Counted
 * in offsets, of which compaction may have left fewer records. Not thread-safe.
 */
final class Backlogs {
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Map<String, Long> leftByTopic = Map.of();

    private record Sample(Instant at, long committed) {}

    void observed(Instant at, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
        Map<String, Long> left = new TreeMap<>();
        long done = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long offset = Math.min(end.getValue(), committed.getOrDefault(end.getKey(), 0L));
            done += offset;
            left.merge(end.getKey().topic(), end.getValue() - offset, Long::sum);
        }
        leftByTopic = left;
        samples.add(new Sample(at, done));
        while (samples.size() > 2 && samples.getFirst().at().isBefore(at.minus(WINDOW))) {
            samples.removeFirst();
        }
    }

    Map<String, Long> leftByTopic() {
        return leftByTopic;
    }

    long left() {
        return leftByTopic.values().stream().mapToLong(Long::longValue).sum();
    }

    double perSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : Math.max(0, last.committed() - first.committed()) / seconds;
    }

    /** At the present rate; empty if nothing moves, or nothing is left. */
    Optional<Duration> rest() {
        double rate = perSecond();
        return rate <= 0 || left() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(left() / rate * 1000)));
    }
}
