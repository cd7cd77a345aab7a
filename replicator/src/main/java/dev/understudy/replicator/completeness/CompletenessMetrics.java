package dev.understudy.replicator.completeness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** What is measured of the completeness of each type. */
public final class CompletenessMetrics {
    private CompletenessMetrics() {}

    /** The age is taken when it is asked for, and so grows while everything stands still. */
    public static void register(
            Completeness completeness, Clock clock, MeterRegistry registry, String topic) {
        String type = completeness.of(topic).type();
        Gauge.builder(
                        "understudy.complete.as.of.age",
                        completeness,
                        one -> one.of(topic).ageSeconds(clock.instant()))
                .description(
                        "All that was committed at the owner so long ago is here; endless if unknown")
                .baseUnit("seconds")
                .tag("type", type)
                .register(registry);
        Gauge.builder("understudy.complete.except", completeness, one -> one.of(topic).except())
                .description("Records among these that are open dead letters")
                .tag("type", type)
                .register(registry);
        Gauge.builder(
                        "understudy.complete.discarded",
                        completeness,
                        one -> one.of(topic).discarded())
                .description("Records among these that were given up")
                .tag("type", type)
                .register(registry);
    }
}
