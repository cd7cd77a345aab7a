package dev.understudy.replicator;

import dev.understudy.replicator.apply.Fault;
import dev.understudy.replicator.apply.Part;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.follow.Sampler;
import dev.understudy.replicator.progress.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/** Observes the group's lag from outside the stream, which may be what stands still. */
final class LagSampler implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ReplicationSettings settings;
    private final Broker broker;
    private final Clock clock;
    private final Lag lag;
    private final Progress progress;
    private final Breaker breaker;
    private final Sampler sampler = new Sampler("lag-sampler", INTERVAL, this::sample);

    LagSampler(
            ReplicationSettings settings,
            Broker broker,
            Clock clock,
            Lag lag,
            Progress progress,
            Breaker breaker) {
        this.settings = settings;
        this.broker = broker;
        this.clock = clock;
        this.lag = lag;
        this.progress = progress;
        this.breaker = breaker;
    }

    void start() {
        sampler.start();
    }

    double lagSeconds() {
        return lag.seconds(clock.instant());
    }

    /** A broker that does not answer is noticed here also while nothing is being flushed. */
    private void sample() throws Exception {
        try {
            observe();
            breaker.answers(Part.KAFKA);
        } catch (TimeoutException e) {
            breaker.failed(
                    new Fault(
                            Part.KAFKA,
                            "no answer within " + Broker.TIMEOUT.toSeconds() + " s",
                            e));
            throw e;
        }
    }

    private void observe() throws Exception {
        Instant at = clock.instant();
        Map<TopicPartition, Long> ends = broker.ends(settings.replicatedTopics());
        Map<TopicPartition, Long> committed = broker.committed(settings.applicationId());
        lag.observed(at, ends, committed);
        progress.observed(at, ends, committed, lag.asOf());
    }

    @Override
    public void close() {
        sampler.close();
    }
}
