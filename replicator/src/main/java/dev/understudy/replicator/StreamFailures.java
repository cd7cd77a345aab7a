package dev.understudy.replicator;

import java.time.Duration;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died; if that happens again soon, or is no use, ends the stream,
 * which is then prepared and started anew.
 */
final class StreamFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFailures.class);
    private static final Duration SOON = Duration.ofSeconds(10);

    private long lastNanos = System.nanoTime() - SOON.toNanos();

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = System.nanoTime();
        boolean again = now - lastNanos < SOON.toNanos();
        lastNanos = now;
        if (again || failure instanceof Error || failure instanceof MissingSourceTopicException) {
            LOG.error("The stream ends and is started anew", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("A stream thread ends and is replaced", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
