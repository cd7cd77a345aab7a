package dev.understudy.instance.health;

import dev.understudy.instance.publishing.PublishingStatus;
import dev.understudy.instance.publishing.PublishingStatus.Phase;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.snapshot.Snapshots;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Up once writes are taken; an outage of Kafka later does not stop them, and is in the details. */
@Singleton
@Readiness
@Requires(beans = PublishingStatus.class)
final class PublishingHealth implements HealthIndicator {
    private static final String NAME = "publishing";

    private final PublishingStatus status;
    private final Snapshots snapshots;
    private final Republication republication;

    PublishingHealth(PublishingStatus status, Snapshots snapshots, Republication republication) {
        this.status = status;
        this.snapshots = snapshots;
        this.republication = republication;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        HealthStatus health = status.isAccepting() ? HealthStatus.UP : HealthStatus.DOWN;
        return Publishers.just(HealthResult.builder(NAME, health).details(details()).build());
    }

    private Map<String, String> details() {
        Map<String, String> details = new HashMap<>(details(status.phase()));
        if (status.isRestored()) {
            details.put("restored", "replicas may be ahead of this database: verify them");
        }
        snapshots
                .current()
                .ifPresent(snapshot ->
                        details.put(
                                snapshot.epoch().isPresent() ? "publishing again" : "snapshot",
                                snapshot.words()));
        if (!republication.leftOut().isEmpty()) {
            details.put("too large to publish again", republication.leftOut().toString());
        }
        return details;
    }

    private static Map<String, String> details(Phase phase) {
        return switch (phase) {
            case Phase.Starting() -> Map.of("phase", "starting");
            case Phase.Standby() -> Map.of("phase", "standby");
            case Phase.Connected(long epoch) ->
                    Map.of("phase", "connected", "epoch", Long.toString(epoch));
            case Phase.Away(Instant since, String reason) ->
                    Map.of("phase", "away", "since", since.toString(), "reason", reason);
        };
    }
}
