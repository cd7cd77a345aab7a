package dev.understudy.replicator.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many records the consumers have handed to Streams, by partition number, that have not come to
 * their task yet: while there are some, a larger batch costs no wait. Thread-safe.
 */
final class Backlog {
    private final Map<Integer, Integer> records = new ConcurrentHashMap<>();

    void polled(int partition, int count) {
        records.merge(partition, count, Integer::sum);
    }

    /** One has come. */
    void taken(int partition) {
        records.merge(partition, 0, (left, _) -> Math.max(0, left - 1));
    }

    /** Whether there are more to come. */
    boolean hasMore(int partition) {
        return records.getOrDefault(partition, 0) > 0;
    }

    /** The partition's task is gone, and with it what Streams held for it. */
    void forget(int partition) {
        records.remove(partition);
    }
}
