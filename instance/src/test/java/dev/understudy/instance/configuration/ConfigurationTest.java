package dev.understudy.instance.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.instance.batch.Schedules;
import dev.understudy.instance.query.QueryLimits;
import dev.understudy.schemas.model.OnMissing;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.service.InvalidConfigurationException;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.RegistryConfiguration;
import dev.understudy.service.Settings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
    private static final ConfigurationBeans BEANS = new ConfigurationBeans();

    private static final Map<String, Object> LEAST =
            Map.of(
                    "understudy.instance", "us",
                    "understudy.catalog", "us.contoso.crm.Account, us.contoso.crm.Contact",
                    "understudy.database.url", "jdbc:postgresql://localhost/us",
                    "understudy.kafka.bootstrap-servers", "localhost:9092",
                    "understudy.registry.url", "http://localhost:8081");

    @Test
    void whatIsNotGivenHasADefault() {
        try (Environment environment = environment(LEAST)) {
            Settings settings = new Settings(environment, ConfigurationBeans.KNOWN);

            assertThat(BEANS.instance(settings))
                    .isEqualTo(
                            new InstanceConfiguration(
                                    new EntitiesConfiguration(
                                            "us",
                                            List.of(
                                                    "us.contoso.crm.Account",
                                                    "us.contoso.crm.Contact"),
                                            List.of("classpath:contoso")),
                                    OnMissing.PLACEHOLDER));
            assertThat(BEANS.database(settings))
                    .isEqualTo(
                            new DatabaseConfiguration(
                                    "jdbc:postgresql://localhost/us", "understudy", "", 10, 3000));
            assertThat(BEANS.kafka(settings)).isEqualTo(new KafkaConfiguration("localhost:9092"));
            assertThat(BEANS.registry(settings))
                    .isEqualTo(new RegistryConfiguration("http://localhost:8081"));
            assertThat(BEANS.publishing(settings))
                    .isEqualTo(
                            new PublishingConfiguration(
                                    4, 1, 1000, 1000, 7000, 5000, Schedules.NONE));
            assertThat(BEANS.hydration(settings)).isEqualTo(new HydrationConfiguration(1000, 100));
            assertThat(BEANS.clock(settings).offset()).isZero();
            assertThat(BEANS.ready(settings).types()).isEmpty();
            assertThat(BEANS.web(settings))
                    .isEqualTo(
                            new WebConfiguration(
                                    500,
                                    5000,
                                    1_048_576,
                                    5000,
                                    new QueryLimits(30, 200, 10, 16_384),
                                    new WebConfiguration.Batch(
                                            1000, 8_000_000, 64_000_000, Duration.ofMinutes(1))));
        }
    }

    /** Read by the service module, whose tests are about them. */
    private static final List<String> SECURITY =
            List.of(
                    "understudy.kafka.client-properties",
                    "understudy.registry.user",
                    "understudy.registry.password",
                    "understudy.registry.truststore",
                    "understudy.registry.truststore-password",
                    "understudy.security.key",
                    "understudy.security.jwks-url",
                    "understudy.security.issuer",
                    "understudy.security.audience",
                    "understudy.security.roles-claim",
                    "understudy.security.metrics",
                    "understudy.security.hosts");

    @Test
    void everyPropertyIsRead() {
        Map<String, Object> all =
                Map.ofEntries(
                        Map.entry("understudy.instance", "europe"),
                        Map.entry("understudy.catalog", "europe.contoso.crm.Ticket"),
                        Map.entry("understudy.schemas", "/a,/b"),
                        Map.entry("understudy.on-missing", "reject"),
                        Map.entry("understudy.clock.offset", "PT-7M"),
                        Map.entry("understudy.database.url", "jdbc:postgresql://localhost/eu"),
                        Map.entry("understudy.database.user", "someone"),
                        Map.entry("understudy.database.password", "secret"),
                        Map.entry("understudy.database.pool-size", "3"),
                        Map.entry("understudy.database.connection-timeout-ms", "400"),
                        Map.entry("understudy.kafka.bootstrap-servers", "a:1,b:2"),
                        Map.entry("understudy.registry.url", "https://registry"),
                        Map.entry("understudy.publishing.partitions", "8"),
                        Map.entry("understudy.publishing.replication-factor", "3"),
                        Map.entry("understudy.publishing.batch-events", "50"),
                        Map.entry("understudy.publishing.heartbeat-ms", "200"),
                        Map.entry("understudy.publishing.takeover-ms", "3000"),
                        Map.entry("understudy.publishing.snapshot-rows-per-second", "77"),
                        Map.entry("understudy.publishing.schedules", "a.B=0 2 * * *"),
                        Map.entry("understudy.hydration.requests-per-second", "9"),
                        Map.entry("understudy.hydration.delay-ms", "0"),
                        Map.entry("understudy.ready.types", "europe.contoso.crm.Ticket, a.B"),
                        Map.entry("understudy.web.page-size", "5"),
                        Map.entry("understudy.web.max-page-size", "7"),
                        Map.entry("understudy.web.max-body-bytes", "2000"),
                        Map.entry("understudy.web.query-timeout-ms", "60"),
                        Map.entry("understudy.web.max-filter-depth", "3"),
                        Map.entry("understudy.web.max-filter-terms", "4"),
                        Map.entry("understudy.web.max-expands", "8"),
                        Map.entry("understudy.web.max-url-bytes", "5000"),
                        Map.entry("understudy.web.max-batch-requests", "9"),
                        Map.entry("understudy.web.max-batch-bytes", "3000"),
                        Map.entry("understudy.web.max-batch-answer-bytes", "4000"),
                        Map.entry("understudy.web.batch-timeout-ms", "70"));
        assertThat(ConfigurationBeans.KNOWN.names())
                .containsAll(all.keySet())
                .contains("understudy.publishing.enabled", "understudy.hydration.enabled")
                .containsAll(SECURITY)
                .hasSize(all.size() + 2 + SECURITY.size());
        try (Environment environment = environment(all)) {
            Settings settings = new Settings(environment, ConfigurationBeans.KNOWN);

            assertThat(BEANS.instance(settings))
                    .isEqualTo(
                            new InstanceConfiguration(
                                    new EntitiesConfiguration(
                                            "europe",
                                            List.of("europe.contoso.crm.Ticket"),
                                            List.of("/a", "/b")),
                                    OnMissing.REJECT));
            assertThat(BEANS.database(settings))
                    .isEqualTo(
                            new DatabaseConfiguration(
                                    "jdbc:postgresql://localhost/eu", "someone", "secret", 3, 400));
            assertThat(BEANS.kafka(settings)).isEqualTo(new KafkaConfiguration("a:1,b:2"));
            assertThat(BEANS.registry(settings))
                    .isEqualTo(new RegistryConfiguration("https://registry"));
            assertThat(BEANS.publishing(settings))
                    .isEqualTo(
                            new PublishingConfiguration(
                                    8, 3, 50, 200, 3000, 77, Schedules.of("a.B = 0 2 * * *; ")));
            assertThat(BEANS.hydration(settings)).isEqualTo(new HydrationConfiguration(9, 0));
            assertThat(BEANS.clock(settings).offset()).isEqualTo(Duration.ofMinutes(-7));
            assertThat(BEANS.ready(settings).types())
                    .containsExactly("europe.contoso.crm.Ticket", "a.B");
            assertThat(BEANS.web(settings))
                    .isEqualTo(
                            new WebConfiguration(
                                    5,
                                    7,
                                    2000,
                                    60,
                                    new QueryLimits(3, 4, 8, 5000),
                                    new WebConfiguration.Batch(
                                            9, 3000, 4000, Duration.ofMillis(70))));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "understudy.instance | US | the instance's name",
                "understudy.catalog | , | a comma-separated list of <owner>.<entity",
                "understudy.on-missing | ignore | placeholder or reject",
                "understudy.clock.offset | 25h | at most a day",
                "understudy.database.url | mysql://x | a JDBC URL",
                "understudy.database.pool-size | 0 | a whole number from 1 to 1000",
                "understudy.database.pool-size | many | a whole number",
                "understudy.kafka.bootstrap-servers | localhost | <host>:<port>",
                "understudy.registry.url | localhost:8081 | the base URL",
                "understudy.publishing.partitions | -1 | from 1 to 1000",
                "understudy.publishing.takeover-ms | 10 | from 1000 to 600000",
                "understudy.publishing.schedules | a.B=noon | <type>=<cron expression>",
                "understudy.publishing.schedules | 0 2 * * * | <type>=<cron expression>",
                "understudy.hydration.requests-per-second | 0 | from 1 to 100000",
                "understudy.web.page-size | 10001 | from 10001 to 100000"
            })
    void aBadValueIsNamedWithWhatIsAllowed(String property, String value, String allowed) {
        Map<String, Object> properties = new java.util.HashMap<>(LEAST);
        properties.put(property, value);
        try (Environment environment = environment(properties)) {
            Settings settings = new Settings(environment, ConfigurationBeans.KNOWN);

            assertThatThrownBy(() ->
                            List.of(
                                    BEANS.instance(settings),
                                    BEANS.clock(settings),
                                    BEANS.database(settings),
                                    BEANS.kafka(settings),
                                    BEANS.registry(settings),
                                    BEANS.publishing(settings),
                                    BEANS.hydration(settings),
                                    BEANS.web(settings)))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("understudy.")
                    .hasMessageContaining(allowed);
        }
    }

    private static Environment environment(Map<String, Object> properties) {
        return ApplicationContext.builder(properties).build().getEnvironment().start();
    }
}
