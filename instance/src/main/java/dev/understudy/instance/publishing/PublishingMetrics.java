package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.PublishingStatus.Phase;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.snapshot.Snapshots;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the publisher counts and measures, under {@code understudy.publishing}. */
final class PublishingMetrics implements PublishingSession.Published {
    private final PublishingStatus status;

    /** What the percentiles are of. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private final Clock clock;
    private final Timer latency;

    /** What publishes rows once more. */
    record Again(Snapshots snapshots, Republication republication) {}

    PublishingMetrics(PublishingStatus status, Again again, Clock clock, MeterRegistry registry) {
        this.status = status;
        this.clock = clock;
        latency =
                Timer.builder("understudy.publishing.latency")
                        .description(
                                "From a change's commit in the database to Kafka's acknowledgement")
                        .publishPercentiles(0.5, 0.99)
                        .distributionStatisticExpiry(LATELY)
                        .register(registry);
        FunctionCounter.builder(
                        "understudy.publishing.published", status, PublishingStatus::published)
                .description("Change events that Kafka has acknowledged")
                .register(registry);
        Gauge.builder("understudy.publishing.lag", this, PublishingMetrics::lagSeconds)
                .description("Age of the last commit in the database that Kafka has")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        "understudy.publishing.retained.wal",
                        status,
                        PublishingStatus::retainedWalBytes)
                .description("WAL that the database keeps for the publisher")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder(
                        "understudy.publishing.refused",
                        again.republication(),
                        Republication::refused)
                .description("Rows that were left out when they were published again: too large")
                .register(registry);
        Gauge.builder(
                        "understudy.publishing.snapshot.left",
                        again.snapshots(),
                        PublishingMetrics::left)
                .description("Rows that the snapshot at hand has still to publish")
                .register(registry);
        Gauge.builder("understudy.publishing.connected", status, PublishingMetrics::connected)
                .description("1 if this process publishes")
                .register(registry);
    }

    @Override
    public void published(List<Instant> commits, Instant newest) {
        status.published(commits.size(), newest);
        Instant now = clock.instant();
        commits.forEach(commit -> latency.record(Duration.between(commit, now)));
    }

    private double lagSeconds() {
        return status.lag(clock.instant()).map(lag -> lag.toMillis() / 1000.0).orElse(Double.NaN);
    }

    private static double left(Snapshots snapshots) {
        return snapshots
                .current()
                .map(snapshot -> snapshot.progress().total() - snapshot.progress().rows())
                .orElse(0L);
    }

    private static double connected(PublishingStatus status) {
        return status.phase() instanceof Phase.Connected ? 1 : 0;
    }
}
