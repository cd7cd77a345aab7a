package dev.understudy.replicator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes the group's lag from outside the stream, which may be what stands still. */
final class LagSampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LagSampler.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ReplicationSettings settings;
    private final Broker broker;
    private final Clock clock;
    private final Lag lag;
    private final ScheduledExecutorService sampler =
            Executors.newSingleThreadScheduledExecutor(
                    work -> Thread.ofPlatform().daemon().name("lag-sampler").unstarted(work));

    LagSampler(ReplicationSettings settings, Broker broker, Clock clock) {
        this.settings = settings;
        this.broker = broker;
        this.clock = clock;
        this.lag = new Lag(clock.instant());
    }

    void start() {
        var _ =
                sampler.scheduleWithFixedDelay(
                        this::sample, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    double lagSeconds() {
        return lag.seconds(clock.instant());
    }

    private void sample() {
        try {
            Instant at = clock.instant();
            Map<TopicPartition, Long> ends = broker.ends(settings.replicatedTopics());
            lag.observed(at, ends, broker.committed(settings.applicationId()));
        } catch (Exception e) {
            LOG.debug("No sample of the lag", e);
        }
    }

    @Override
    public void close() {
        sampler.shutdownNow();
    }
}
