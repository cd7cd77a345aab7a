package dev.understudy.replicator.configuration;

import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.KnownProperties;
import dev.understudy.service.RegistryConfiguration;
import dev.understudy.service.Settings;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/**
 * The configuration records, from the properties {@code understudy.*} and their defaults; all are
 * checked when the replicator starts.
 */
@Factory
final class ConfigurationBeans {
    static final KnownProperties KNOWN =
            KnownProperties.sharedAnd(
                    "understudy.fault.halt",
                    "understudy.replicator.catalog-file",
                    "understudy.replicator.threads",
                    "understudy.replicator.flush-records",
                    "understudy.replicator.flush-interval",
                    "understudy.replicator.flush-age",
                    "understudy.replicator.commit-interval",
                    "understudy.replicator.session-timeout",
                    "understudy.topics.partitions",
                    "understudy.topics.replication-factor",
                    "understudy.topics.receipts-retention",
                    "understudy.topics.dead-letters-retention");

    @Singleton
    KnownProperties known() {
        return KNOWN;
    }

    @Context
    EntitiesConfiguration entities(Settings settings) {
        return EntitiesConfiguration.of(settings);
    }

    @Context
    CatalogConfiguration catalog(Settings settings) {
        return CatalogConfiguration.of(settings);
    }

    @Context
    DatabaseConfiguration database(Settings settings) {
        return DatabaseConfiguration.of(settings);
    }

    @Context
    KafkaConfiguration kafka(Settings settings) {
        return KafkaConfiguration.of(settings);
    }

    @Context
    RegistryConfiguration registry(Settings settings) {
        return RegistryConfiguration.of(settings);
    }

    @Context
    ReplicatorConfiguration replicator(Settings settings) {
        return ReplicatorConfiguration.of(settings);
    }

    @Context
    TopicsConfiguration topics(Settings settings) {
        return TopicsConfiguration.of(settings);
    }
}
