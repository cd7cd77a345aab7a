package dev.understudy.instance;

import dev.understudy.instance.batch.Schedules;
import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.instance.configuration.PublishingConfiguration;
import dev.understudy.instance.publishing.Publishing;
import dev.understudy.instance.publishing.PublishingSettings;
import dev.understudy.instance.publishing.PublishingStatus;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.snapshot.Snapshots;
import dev.understudy.instance.write.ChangePublication;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.FailedStart;
import dev.understudy.service.InvalidConfigurationException;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.RegistryConfiguration;
import dev.understudy.store.EntityStore;
import dev.understudy.store.postgres.StoredKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * Publishing, as the instance is configured. {@code understudy.publishing.enabled=false} leaves the
 * place of the {@link ChangePublication} to another bean, without which nothing starts.
 */
@Factory
@Requires(property = "understudy.publishing.enabled", notEquals = "false")
final class PublishingBeans {
    @Singleton
    PublishingSettings settings(
            InstanceConfiguration instance,
            DatabaseConfiguration database,
            KafkaConfiguration kafka,
            RegistryConfiguration registry,
            PublishingConfiguration publishing,
            Catalog catalog) {
        return new PublishingSettings(
                instance.instance(),
                new PublishingSettings.Database(
                        database.url(), database.user(), database.password()),
                new PublishingSettings.Kafka(kafka, registry),
                new PublishingSettings.Topics(
                        publishing.partitions(), (short) publishing.replicationFactor()),
                new PublishingSettings.Timing(
                        Duration.ofMillis(publishing.heartbeatMs()),
                        Duration.ofMillis(publishing.takeoverMs()),
                        PublishingSettings.Timing.DEFAULTS.maxPause(),
                        schedules(publishing, catalog, instance)),
                new PublishingSettings.Limits(
                        publishing.batchEvents(),
                        PublishingSettings.Limits.DEFAULTS.bytes(),
                        publishing.snapshotRowsPerSecond()));
    }

    /** A schedule of what is not owned here is a mistake. */
    private static Schedules schedules(
            PublishingConfiguration publishing, Catalog catalog, InstanceConfiguration instance) {
        List<String> owned =
                catalog.ownedBy(instance.instance()).stream()
                        .map(entry -> entry.type().fullName())
                        .toList();
        for (String type : publishing.schedules().types()) {
            if (!owned.contains(type)) {
                throw new InvalidConfigurationException(
                        "understudy.publishing.schedules",
                        type,
                        "types that '%s' owns".formatted(instance.instance()));
            }
        }
        return publishing.schedules();
    }

    @Context
    @Bean(preDestroy = "close")
    Publishing publishing(
            PublishingSettings settings,
            Catalog catalog,
            DataSource dataSource,
            EntityStore store,
            Clock clock,
            MeterRegistry meters,
            FailedStart failedStart) {
        return new Publishing(
                settings,
                catalog,
                new Publishing.Storage(dataSource, store, new StoredKeys(dataSource, catalog)),
                new Publishing.Environment(
                        clock, RandomGenerator.getDefault(), meters, failedStart));
    }

    @Singleton
    ChangePublication publication(Publishing publishing) {
        return publishing.publication();
    }

    @Singleton
    Snapshots snapshots(Publishing publishing) {
        return publishing.snapshots();
    }

    @Singleton
    Republication republication(Publishing publishing) {
        return publishing.republication();
    }

    @Singleton
    PublishingStatus status(Publishing publishing) {
        return publishing.status();
    }
}
