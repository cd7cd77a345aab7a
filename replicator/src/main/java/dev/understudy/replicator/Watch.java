package dev.understudy.replicator;

import dev.understudy.replicator.apply.Flusher;
import dev.understudy.replicator.apply.Redrive;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.completeness.Completeness;
import dev.understudy.replicator.completeness.CompletenessMetrics;
import dev.understudy.replicator.follow.Sampler;
import dev.understudy.replicator.letters.DeadLetters;
import dev.understudy.replicator.letters.LetterTopics;
import dev.understudy.replicator.letters.Parked;
import dev.understudy.replicator.progress.Progress;
import dev.understudy.schemas.model.CatalogEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/** Follows from beside the stream what is in Kafka, and how far the whole group has come. */
final class Watch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

    private final ReplicationSettings settings;
    private final Broker broker;
    private final LagSampler lag;
    private final Progress progress;
    private final DeadLetters letters;
    private final Completeness completeness;
    private final PlaceholderGauges placeholders;
    private final List<Sampler> samplers;

    /** What writes, and what stops it. */
    record Flow(Flusher.Services services, Breaker breaker) {}

    Watch(
            ReplicationSettings settings,
            Broker broker,
            Target target,
            Flow flow,
            MeterRegistry meters) {
        Flusher.Services services = flow.services();
        List<CatalogEntry> replicated = settings.catalog().notOwnedBy(settings.target());
        this.settings = settings;
        this.broker = broker;
        Instant start = services.clock().instant();
        progress = new Progress(start, services.metrics()::outcomes, flow.breaker()::healed);
        lag =
                new LagSampler(
                        settings,
                        broker,
                        services.clock(),
                        new Lag(start),
                        progress,
                        flow.breaker());
        letters = deadLetters(settings, services, meters);
        completeness =
                new Completeness(
                        replicated,
                        ClientSettings.reader(settings),
                        settings.serializers(),
                        letters);
        placeholders = new PlaceholderGauges(target.ledger(), services.clock(), replicated);
        samplers =
                List.of(
                        new Sampler("watch", INTERVAL, this::look),
                        new Sampler("placeholders", BETWEEN_COUNTS, () -> count(flow.breaker())),
                        new Sampler("parked", BETWEEN_TRIES, new Parked(letters)::look));
        gauges(meters);
        replicated.forEach(entry ->
                CompletenessMetrics.register(
                        completeness, services.clock(), meters, entry.topic()));
    }

    private static DeadLetters deadLetters(
            ReplicationSettings settings, Flusher.Services services, MeterRegistry meters) {
        int maxBatch = settings.replicator().limits().records();
        return new DeadLetters(
                new DeadLetters.Services(
                        LetterTopics.of(settings.target(), ClientSettings.reader(settings)),
                        settings.catalog(),
                        new Redrive(settings.serializers(), services, maxBatch),
                        () -> new KafkaProducer<>(ClientSettings.producer(settings)),
                        settings.serializers(),
                        new DeadLetters.Surroundings(meters, services.clock())));
    }

    private void gauges(MeterRegistry meters) {
        Gauge.builder("understudy.replicator.lag.seconds", lag, LagSampler::lagSeconds)
                .description("All that was in Kafka so long ago is in the database")
                .register(meters);
        Gauge.builder("understudy.dead.letters.open", letters, DeadLetters::open)
                .description("Dead letters that were neither redriven nor discarded")
                .register(meters);
        placeholders.register(meters);
    }

    /** The offsets first: the dead letters from below them are in Kafka by then. */
    private void look() throws Exception {
        Map<TopicPartition, Long> committed = broker.committed(settings.applicationId());
        letters.catchUp();
        try {
            completeness.readHeartbeats();
        } finally {
            completeness.committed(committed);
        }
    }

    /** A part that is away is asked by the breaker's probes alone. */
    private void count(Breaker breaker) {
        if (breaker.isClosed()) {
            placeholders.count();
        }
    }

    void start() {
        lag.start();
        samplers.forEach(Sampler::start);
    }

    double lagSeconds() {
        return lag.lagSeconds();
    }

    Progress progress() {
        return progress;
    }

    DeadLetters deadLetters() {
        return letters;
    }

    Completeness completeness() {
        return completeness;
    }

    @Override
    public void close() {
        lag.close();
        samplers.forEach(Sampler::close);
        completeness.close();
        letters.close();
    }
}
