package dev.understudy.replicator.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.service.InvalidConfigurationException;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final Map<String, Object> NEEDED =
            Map.of(
                    "understudy.instance", "europe",
                    "understudy.catalog", "us.contoso.crm.Account, us.contoso.crm.Contact",
                    "understudy.database.url", "jdbc:postgresql://127.0.0.1:1/europe",
                    "understudy.kafka.bootstrap-servers", "127.0.0.1:1",
                    "understudy.registry.url", "http://127.0.0.1:1");

    @Test
    void whatIsNotConfiguredHasItsDefault() {
        try (ApplicationContext context = context(Map.of())) {
            assertThat(context.getBean(ReplicatorConfiguration.class))
                    .isEqualTo(ReplicatorConfiguration.defaults());
            assertThat(context.getBean(TopicsConfiguration.class))
                    .isEqualTo(TopicsConfiguration.defaults());
            assertThat(context.getBean(EntitiesConfiguration.class))
                    .isEqualTo(
                            new EntitiesConfiguration(
                                    "europe",
                                    List.of("us.contoso.crm.Account", "us.contoso.crm.Contact"),
                                    List.of("classpath:contoso")));
            assertThat(context.getBean(DatabaseConfiguration.class).poolSize()).isEqualTo(10);
        }
    }

    @Test
    void everyPropertyIsMapped() {
        Map<String, Object> properties =
                Map.of(
                        "understudy.replicator.threads", 2,
                        "understudy.replicator.flush-records", 3,
                        "understudy.replicator.flush-interval", "4ms",
                        "understudy.replicator.flush-age", "5ms",
                        "understudy.replicator.commit-interval", "60ms",
                        "understudy.replicator.session-timeout", "7s",
                        "understudy.topics.partitions", 8,
                        "understudy.topics.replication-factor", 9,
                        "understudy.topics.receipts-retention", "10h",
                        "understudy.topics.dead-letters-retention", "11h");
        try (ApplicationContext context = context(properties)) {
            assertThat(context.getBean(ReplicatorConfiguration.class))
                    .isEqualTo(
                            new ReplicatorConfiguration(
                                    2,
                                    3,
                                    Duration.ofMillis(4),
                                    Duration.ofMillis(5),
                                    Duration.ofMillis(60),
                                    Duration.ofSeconds(7)));
            assertThat(context.getBean(TopicsConfiguration.class))
                    .isEqualTo(
                            new TopicsConfiguration(
                                    8, 9, Duration.ofHours(10), Duration.ofHours(11)));
        }
    }

    @Test
    void aFileTakesThePlaceOfTheCatalogAndIsReadAnew(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("catalog");
        Files.writeString(file, "# ours\nus.contoso.crm.Account\n\n?contoso.crm.Contact");
        try (ApplicationContext context =
                context(Map.of("understudy.replicator.catalog-file", file.toString()))) {
            CatalogConfiguration catalog = context.getBean(CatalogConfiguration.class);
            assertThat(catalog.entities().catalog())
                    .containsExactly("us.contoso.crm.Account", "?contoso.crm.Contact");

            Files.writeString(file, "us.contoso.crm.Account,us.contoso.crm.Contact");
            assertThat(catalog.entities().catalog())
                    .containsExactly("us.contoso.crm.Account", "us.contoso.crm.Contact");

            Files.delete(file);
            assertThatThrownBy(catalog::entities)
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("catalog-file");
        }
    }

    private static ApplicationContext context(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(NEEDED);
        properties.putAll(more);
        return ApplicationContext.run(properties);
    }
}
