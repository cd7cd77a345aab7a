package dev.understudy.instance.health;

import dev.understudy.instance.publishing.PublishingStatus;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Up once writes are taken; an outage of Kafka later does not stop them. */
@Singleton
@Readiness
@Requires(beans = PublishingStatus.class)
final class PublishingHealth implements HealthIndicator {
    private static final String NAME = "publishing";

    private final PublishingStatus status;

    PublishingHealth(PublishingStatus status) {
        this.status = status;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        HealthStatus health = status.isAccepting() ? HealthStatus.UP : HealthStatus.DOWN;
        return Publishers.just(HealthResult.builder(NAME, health).build());
    }
}
