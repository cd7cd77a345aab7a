package dev.understudy.replicator.stream;

import java.time.Duration;

/**
 * When a buffer is flushed.
 *
 * @param records as soon as it holds as many
 * @param interval between two looks at a buffer; one that few records came to since is flushed
 * @param age as soon as it has not been empty for so long, however many come
 */
public record FlushLimits(int records, Duration interval, Duration age) {
    /** Fewer records than this between two looks mean that there is no backlog to batch. */
    int few() {
        return Math.max(1, records / 10);
    }
}
