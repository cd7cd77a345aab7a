package dev.understudy.replicator;

import dev.understudy.replicator.apply.FlushMetrics;
import dev.understudy.replicator.apply.Flusher;
import dev.understudy.replicator.apply.Outbox;
import dev.understudy.replicator.apply.Part;
import dev.understudy.replicator.apply.Reports;
import dev.understudy.replicator.breaker.Backoff;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.breaker.BreakerMetrics;
import dev.understudy.replicator.completeness.Completeness;
import dev.understudy.replicator.letters.DeadLetters;
import dev.understudy.replicator.progress.Progress;
import dev.understudy.replicator.schema.Followed;
import dev.understudy.replicator.schema.RegistrySchemas;
import dev.understudy.replicator.stream.ApplyTopology;
import dev.understudy.replicator.stream.FaultHalt;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.service.FailedStart;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;

/** A replication with all that it is made of, from {@link #start} to {@link #close}. */
final class Assembly implements AutoCloseable {
    private static final Backoff BACKOFF =
            new Backoff(
                    Duration.ofMillis(200), Duration.ofSeconds(10), RandomGenerator.getDefault());

    private final MeterRegistry meters;
    private final Broker broker;
    private final Catalog catalog;
    private final Outbox outbox;
    private final RegistrySchemas schemas;
    private final Breaker breaker;
    private final Watch watch;
    private final Replication replication;

    /** Where to count, what time it is, and what is done if the replication cannot start. */
    record Surroundings(MeterRegistry meters, Clock clock, FailedStart failedStart) {}

    Assembly(
            ReplicationSettings settings,
            Target target,
            Surroundings surroundings,
            Followed followed) {
        this.catalog = settings.catalog();
        Clock clock = surroundings.clock();
        meters = surroundings.meters();
        broker = new Broker(settings.kafka());
        Reports reports = new Reports(settings.target(), settings.serializers());
        outbox =
                new Outbox(
                        () -> new KafkaProducer<>(ClientSettings.producer(settings)),
                        reports,
                        ClientSettings.DELIVERY_TIMEOUT);
        breaker =
                new Breaker(
                        Map.of(
                                Part.DATABASE,
                                target.probe(),
                                Part.REGISTRY,
                                new RegistryProbe(settings.registry()),
                                Part.KAFKA,
                                broker::check),
                        BACKOFF,
                        new BreakerMetrics(meters),
                        clock);
        schemas = new RegistrySchemas(settings.registry().url(), settings.serializers(), followed);
        Flusher.Services services =
                new Flusher.Services(
                        target.store(), schemas, outbox, new FlushMetrics(meters), clock);
        ApplyTopology.Work work =
                new ApplyTopology.Work(
                        settings.serializers(),
                        services,
                        breaker,
                        settings.replicator().limits(),
                        FaultHalt.configured());
        watch = new Watch(settings, broker, target, new Watch.Flow(services, breaker), meters);
        replication =
                new Replication(
                        settings,
                        preparation(settings, target, reports),
                        () -> new ApplyTopology(settings.catalog(), settings.target(), work),
                        breaker,
                        surroundings.failedStart());
        Gauge.builder("understudy.replicator.breaker.open", breaker, one -> one.isClosed() ? 0 : 1)
                .description("1 while the stream is paused because a part is away")
                .register(meters);
    }

    private Preparation preparation(ReplicationSettings settings, Target target, Reports reports) {
        Topics topics = new Topics(settings, broker);
        return new Preparation(
                List.of(
                        new Preparation.Step("the database", target.install()),
                        new Preparation.Step("the registry", reports::register),
                        new Preparation.Step(
                                "the owners' schemas",
                                () -> OwnersSchemas.requireReadable(settings)),
                        new Preparation.Step("Kafka", topics::createOwn),
                        new Preparation.Step("the replicated topics", topics::requireReplicated)));
    }

    void start() {
        watch.start();
        replication.start();
    }

    Phase phase() {
        return replication.phase();
    }

    Breaker.State breaker() {
        return breaker.state();
    }

    Catalog catalog() {
        return catalog;
    }

    DeadLetters deadLetters() {
        return watch.deadLetters();
    }

    Progress progress() {
        return watch.progress();
    }

    Completeness completeness() {
        return watch.completeness();
    }

    double lagSeconds() {
        return watch.lagSeconds();
    }

    @Override
    public void close() {
        watch.close();
        replication.close();
        breaker.close();
        outbox.close();
        schemas.close();
        broker.close();
        // A gauge of that name may be another replication's next.
        meters.getMeters().stream()
                .filter(meter -> meter instanceof Gauge)
                .filter(meter -> meter.getId().getName().startsWith("understudy."))
                .forEach(meters::remove);
    }
}
