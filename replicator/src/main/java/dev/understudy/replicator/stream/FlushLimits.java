package dev.understudy.replicator.stream;

import java.time.Duration;

/**
 * When a buffer is flushed, beside when all that was polled has come to it.
 *
 * @param records as soon as it holds as many
 * @param interval between two looks at what is left in it
 * @param age as soon as it has not been empty for so long
 */
public record FlushLimits(int records, Duration interval, Duration age) {}
