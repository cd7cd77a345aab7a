package dev.understudy.replicator.configuration;

import dev.understudy.replicator.stream.FlushLimits;
import dev.understudy.service.InvalidConfigurationException;
import dev.understudy.service.Settings;
import java.time.Duration;

/**
 * Properties {@code understudy.replicator.*}: how fast, in how large batches.
 *
 * @param threads stream threads, 1 to 64; more than partitions are of no use
 * @param flushRecords records in one batch at most, 1 to 100,000
 * @param flushInterval between two looks at what is left in a buffer, 1 ms to 1 s
 * @param flushAge how long a buffer may fill at most, 1 ms to 10 s
 * @param commitInterval between two offset commits, 10 ms to 60 s
 * @param sessionTimeout after which a dead replicator's partitions are given to another, 1 s to 5
 *     min; a broker takes less than 6 s only if its group.min.session.timeout.ms allows it
 */
public record ReplicatorConfiguration(
        int threads,
        int flushRecords,
        Duration flushInterval,
        Duration flushAge,
        Duration commitInterval,
        Duration sessionTimeout) {
    private static final String PREFIX = "understudy.replicator.";

    public ReplicatorConfiguration {
        InvalidConfigurationException.between(1, 64, PREFIX + "threads", threads);
        InvalidConfigurationException.between(1, 100_000, PREFIX + "flush-records", flushRecords);
        millis(1, 1000, "flush-interval", flushInterval);
        millis(1, 10_000, "flush-age", flushAge);
        millis(10, 60_000, "commit-interval", commitInterval);
        millis(1000, 300_000, "session-timeout", sessionTimeout);
    }

    /** What applies unless it is configured. */
    public static ReplicatorConfiguration defaults() {
        return new ReplicatorConfiguration(
                1,
                2000,
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofSeconds(10));
    }

    static ReplicatorConfiguration of(Settings settings) {
        ReplicatorConfiguration defaults = defaults();
        return new ReplicatorConfiguration(
                settings.whole(PREFIX + "threads", defaults.threads),
                settings.whole(PREFIX + "flush-records", defaults.flushRecords),
                settings.duration(PREFIX + "flush-interval", defaults.flushInterval),
                settings.duration(PREFIX + "flush-age", defaults.flushAge),
                settings.duration(PREFIX + "commit-interval", defaults.commitInterval),
                settings.duration(PREFIX + "session-timeout", defaults.sessionTimeout));
    }

    public FlushLimits limits() {
        return new FlushLimits(flushRecords, flushInterval, flushAge);
    }

    private static void millis(long low, long high, String property, Duration value) {
        InvalidConfigurationException.between(low, high, PREFIX + property, value.toMillis());
    }
}
