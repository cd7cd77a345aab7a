package dev.understudy.instance.configuration;

import dev.understudy.instance.batch.Schedules;
import dev.understudy.instance.query.QueryLimits;
import dev.understudy.schemas.model.OnMissing;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.KnownProperties;
import dev.understudy.service.RegistryConfiguration;
import dev.understudy.service.Settings;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The configuration records, from the properties {@code understudy.*} and their defaults. Those
 * that every instance needs are checked when it starts.
 */
@Factory
final class ConfigurationBeans {
    static final KnownProperties KNOWN =
            KnownProperties.sharedAnd(
                    "understudy.on-missing",
                    ClockConfiguration.PROPERTY,
                    "understudy.publishing.enabled",
                    "understudy.publishing.partitions",
                    "understudy.publishing.replication-factor",
                    "understudy.publishing.batch-events",
                    "understudy.publishing.heartbeat-ms",
                    "understudy.publishing.takeover-ms",
                    "understudy.publishing.snapshot-rows-per-second",
                    "understudy.publishing.schedules",
                    "understudy.hydration.enabled",
                    "understudy.hydration.requests-per-second",
                    "understudy.hydration.delay-ms",
                    ReadyConfiguration.PROPERTY,
                    "understudy.web.page-size",
                    "understudy.web.max-page-size",
                    "understudy.web.max-body-bytes",
                    "understudy.web.max-url-bytes",
                    "understudy.web.query-timeout-ms",
                    "understudy.web.max-filter-depth",
                    "understudy.web.max-filter-terms",
                    "understudy.web.max-expands",
                    "understudy.web.max-batch-requests",
                    "understudy.web.max-batch-bytes",
                    "understudy.web.max-batch-answer-bytes",
                    "understudy.web.batch-timeout-ms");

    @Singleton
    KnownProperties known() {
        return KNOWN;
    }

    @Context
    InstanceConfiguration instance(Settings settings) {
        return new InstanceConfiguration(
                EntitiesConfiguration.of(settings),
                settings.choice("understudy.on-missing", OnMissing.PLACEHOLDER));
    }

    @Context
    ClockConfiguration clock(Settings settings) {
        return new ClockConfiguration(
                settings.duration(ClockConfiguration.PROPERTY, Duration.ZERO));
    }

    @Context
    DatabaseConfiguration database(Settings settings) {
        return DatabaseConfiguration.of(settings);
    }

    @Singleton
    KafkaConfiguration kafka(Settings settings) {
        return KafkaConfiguration.of(settings);
    }

    @Singleton
    RegistryConfiguration registry(Settings settings) {
        return RegistryConfiguration.of(settings);
    }

    @Singleton
    PublishingConfiguration publishing(Settings settings) {
        return new PublishingConfiguration(
                settings.whole("understudy.publishing.partitions", 4),
                settings.whole("understudy.publishing.replication-factor", 1),
                settings.whole("understudy.publishing.batch-events", 1000),
                settings.whole("understudy.publishing.heartbeat-ms", 1000),
                settings.whole("understudy.publishing.takeover-ms", 7000),
                settings.whole("understudy.publishing.snapshot-rows-per-second", 5000),
                Schedules.of(settings.text("understudy.publishing.schedules", "")));
    }

    @Singleton
    HydrationConfiguration hydration(Settings settings) {
        return new HydrationConfiguration(
                settings.whole("understudy.hydration.requests-per-second", 1000),
                settings.whole("understudy.hydration.delay-ms", 100));
    }

    @Context
    ReadyConfiguration ready(Settings settings) {
        return new ReadyConfiguration(settings.list(ReadyConfiguration.PROPERTY));
    }

    @Context
    WebConfiguration web(Settings settings) {
        return new WebConfiguration(
                settings.whole("understudy.web.page-size", 500),
                settings.whole("understudy.web.max-page-size", 5000),
                settings.whole("understudy.web.max-body-bytes", 1_048_576),
                settings.whole("understudy.web.query-timeout-ms", 5000),
                new QueryLimits(
                        settings.whole(
                                "understudy.web.max-filter-depth",
                                WebConfiguration.QUERY.filterDepth()),
                        settings.whole(
                                "understudy.web.max-filter-terms",
                                WebConfiguration.QUERY.filterTerms()),
                        settings.whole(
                                "understudy.web.max-expands", WebConfiguration.QUERY.expands()),
                        // The server itself reads it as well, in application.yml.
                        settings.whole(
                                "understudy.web.max-url-bytes", WebConfiguration.QUERY.urlBytes())),
                new WebConfiguration.Batch(
                        settings.whole("understudy.web.max-batch-requests", 1000),
                        settings.whole("understudy.web.max-batch-bytes", 8_000_000),
                        settings.whole("understudy.web.max-batch-answer-bytes", 64_000_000),
                        Duration.ofMillis(
                                settings.whole("understudy.web.batch-timeout-ms", 60_000))));
    }
}
