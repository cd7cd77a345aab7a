package dev.understudy.instance.configuration;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/**
 * The configuration records, from the properties {@code understudy.*} and their defaults. Those
 * that every instance needs are checked when it starts.
 */
@Factory
final class ConfigurationBeans {
    private final Settings settings;

    ConfigurationBeans(Settings settings) {
        this.settings = settings;
    }

    @Context
    InstanceConfiguration instance() {
        return new InstanceConfiguration(
                settings.text("understudy.instance", ""),
                settings.list("understudy.catalog"),
                settings.list("understudy.schemas", "classpath:contoso"),
                settings.onMissing("understudy.on-missing"));
    }

    @Context
    DatabaseConfiguration database() {
        return new DatabaseConfiguration(
                settings.text("understudy.database.url", ""),
                settings.text("understudy.database.user", "understudy"),
                settings.text("understudy.database.password", ""),
                settings.whole("understudy.database.pool-size", 10),
                settings.whole("understudy.database.connection-timeout-ms", 3000));
    }

    @Singleton
    KafkaConfiguration kafka() {
        return new KafkaConfiguration(settings.text("understudy.kafka.bootstrap-servers", ""));
    }

    @Singleton
    RegistryConfiguration registry() {
        return new RegistryConfiguration(settings.text("understudy.registry.url", ""));
    }

    @Singleton
    PublishingConfiguration publishing() {
        return new PublishingConfiguration(
                settings.whole("understudy.publishing.partitions", 4),
                settings.whole("understudy.publishing.replication-factor", 1),
                settings.whole("understudy.publishing.batch-events", 1000),
                settings.whole("understudy.publishing.heartbeat-ms", 1000),
                settings.whole("understudy.publishing.takeover-ms", 10_000));
    }

    @Context
    WebConfiguration web() {
        return new WebConfiguration(
                settings.whole("understudy.web.page-size", 500),
                settings.whole("understudy.web.max-page-size", 5000),
                settings.whole("understudy.web.max-body-bytes", 1_048_576));
    }
}
