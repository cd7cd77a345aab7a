package dev.understudy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final KnownProperties KNOWN =
            KnownProperties.sharedAnd(
                    "understudy.publishing.partitions", "understudy.replicator.flush-age");

    private final List<ApplicationContext> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(ApplicationContext::close);
    }

    @ParameterizedTest
    @CsvSource({
        "UNDERSTUDY_DATABSE_URL, UNDERSTUDY_DATABASE_URL",
        "UNDERSTUDY_PUBLISHING_PARTITONS, UNDERSTUDY_PUBLISHING_PARTITIONS",
        "UNDERSTUDY_CATALOGUE, UNDERSTUDY_CATALOG",
        "UNDERSTUDY_DATABASE_PORT, UNDERSTUDY_DATABASE_URL",
        "UNDERSTUDY_KAFKA_SERVICE_PORT, UNDERSTUDY_DATABASE_PASSWORD",
        "UNDERSTUDY_HOME, UNDERSTUDY_SCHEMAS"
    })
    void anUnknownVariableIsNamedWithTheNearestOne(String variable, String nearest) {
        assertThatThrownBy(() -> variables(Map.of(variable, "x")))
                .isInstanceOfSatisfying(
                        StartException.class,
                        e -> assertThat(e.code()).isEqualTo(StartCode.UNKNOWN_PROPERTY))
                .hasMessage(variable + " is not known; did you mean " + nearest + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "understudy.publishing.partitons, understudy.publishing.partitions",
        "understudy.databse.poolSize, understudy.database.pool-size",
        "understudy.regsitry.url, understudy.registry.url"
    })
    void anUnknownPropertyIsNamedWithTheNearestOne(String property, String nearest) {
        assertThatThrownBy(() -> properties(Map.of(property, "x")))
                .hasMessage(property + " is not known; did you mean " + nearest + "?");
    }

    @Test
    void everyUnknownOneIsNamed() {
        assertThatThrownBy(() ->
                        properties(Map.of("understudy.instanc", "us", "understudy.catalo", "x")))
                .hasMessageContainingAll("understudy.instanc ", "understudy.catalo ");
    }

    @Test
    void whatIsNotOursIsNotLookedAt() {
        variables(Map.of("UNDERSTUDY_INSTANCE", "us", "MICRONAUT_SERVER_PORT", "1", "PATH", "/"));
        variables(
                Map.of(
                        "UNDERSTUDY_REPLICATOR_SERVICE_HOST", "10.0.0.1",
                        "UNDERSTUDY_REPLICATOR_SERVICE_PORT_HTTP", "80",
                        "UNDERSTUDY_REPLICATOR_PORT_80_TCP_ADDR", "10.0.0.1",
                        "UNDERSTUDY_REPLICATOR_PORT", "tcp://10.0.0.1:80"));
        variables(Map.of("UNDERSTUDY_US_PORT", "tcp://10.0.0.1:80"));
        properties(Map.of("understudy.home", "/"));
        properties(Map.of("understudy.catalog[0]", "us.a.B", "understudy.database.poolSize", 2));
    }

    @Test
    void textsOfAllKindsAreConverted() {
        Settings settings =
                variables(
                        Map.of(
                                "UNDERSTUDY_DATABASE_POOL_SIZE", " 7 ",
                                "UNDERSTUDY_CATALOG", "us.a.B, us.a.C,",
                                "UNDERSTUDY_REPLICATOR_FLUSH_AGE", "40ms"));

        assertThat(settings.whole("understudy.database.pool-size", 1)).isEqualTo(7);
        assertThat(settings.list("understudy.catalog")).containsExactly("us.a.B", "us.a.C");
        assertThat(settings.duration("understudy.replicator.flush-age", Duration.ZERO))
                .isEqualTo(Duration.ofMillis(40));
        assertThat(settings.choice("understudy.instance", StartCode.START_FAILED))
                .isEqualTo(StartCode.START_FAILED);
    }

    @Test
    void aTextThatCannotBeConvertedIsRefused() {
        Settings settings =
                properties(
                        Map.of(
                                "understudy.database.pool-size", "many",
                                "understudy.replicator.flush-age", "soon"));

        assertThatThrownBy(() -> settings.whole("understudy.database.pool-size", 1))
                .hasMessage(
                        "understudy.database.pool-size = 'many' cannot be used: it is a whole"
                                + " number");
        assertThatThrownBy(
                        () -> settings.duration("understudy.replicator.flush-age", Duration.ZERO))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("'soon'");
    }

    @Test
    void aPropertyThatIsNotDeclaredCannotBeRead() {
        assertThatThrownBy(() -> properties(Map.of()).text("understudy.other", ""))
                .isInstanceOf(IllegalStateException.class);
    }

    private Settings variables(Map<String, Object> variables) {
        return settings(
                PropertySource.of(
                        "variables",
                        variables,
                        PropertyConvention.ENVIRONMENT_VARIABLE,
                        PropertySource.Origin.of("test")));
    }

    private Settings properties(Map<String, Object> properties) {
        return settings(PropertySource.of("properties", properties));
    }

    private Settings settings(PropertySource source) {
        ApplicationContext context =
                ApplicationContext.builder()
                        .environmentPropertySource(false)
                        .propertySources(source)
                        .build();
        open.add(context);
        return new Settings(context.getEnvironment().start(), KNOWN);
    }
}
