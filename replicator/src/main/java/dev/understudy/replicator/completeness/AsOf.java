package dev.understudy.replicator.completeness;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The latest time whose offsets have been reached: times, each with the offsets that must be, come
 * in order, and so do offsets that are. Not thread-safe.
 */
public final class AsOf {
    private static final int MAX_MARKS = 4096;

    private final Deque<Mark> marks = new ArrayDeque<>();
    private Optional<Instant> time = Optional.empty();
    private int stride = 1;
    private int count;

    private record Mark(Instant time, Map<TopicPartition, Long> offsets) {
        boolean isReached(Map<TopicPartition, Long> committed) {
            return offsets.entrySet().stream()
                    .allMatch(offset ->
                            offset.getValue() == 0
                                    || committed.getOrDefault(offset.getKey(), 0L)
                                            >= offset.getValue());
        }

        /** Offsets only fall when a topic was made anew; then these are never reached. */
        boolean isAbove(Mark later) {
            return offsets.entrySet().stream()
                    .anyMatch(offset ->
                            later.offsets.getOrDefault(offset.getKey(), offset.getValue())
                                    < offset.getValue());
        }
    }

    /** All up to this time is below these offsets. */
    public void expect(Instant at, Map<TopicPartition, Long> offsets) {
        Mark mark = new Mark(at, Map.copyOf(offsets));
        if (!marks.isEmpty() && marks.getLast().isAbove(mark)) {
            marks.clear();
        }
        if (marks.isEmpty()) {
            stride = 1;
            count = 0;
        }
        if (marks.size() >= MAX_MARKS) {
            thin();
        }
        // The last one of all is always kept.
        if (count > 0 && (count - 1) % stride != 0) {
            marks.removeLast();
        }
        marks.add(mark);
        count++;
    }

    /** From now on half as many times are known; none is wrong for that. */
    private void thin() {
        boolean[] keep = {false};
        marks.removeIf(_ -> {
            keep[0] = !keep[0];
            return !keep[0];
        });
        stride *= 2;
        count = 0;
    }

    /** All that is below these offsets is durable. */
    public void reached(Map<TopicPartition, Long> committed) {
        while (!marks.isEmpty() && marks.getFirst().isReached(committed)) {
            Instant next = marks.removeFirst().time();
            if (time.isEmpty() || next.isAfter(time.get())) {
                time = Optional.of(next);
            }
        }
    }

    /** Empty until one has been reached. */
    public Optional<Instant> time() {
        return time;
    }
}
