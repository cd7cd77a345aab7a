package dev.understudy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    @Test
    void thePasswordIsNotShown() {
        assertThat(
                        new DatabaseConfiguration("jdbc:postgresql://h/d", "u", "secret", 1, 250)
                                .toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://me:s3cret@host/crm",
                "postgres://me:s3cret/s3cret@host/crm",
                "postgres://me:s3cret@s3cret@host/crm",
                "mysql://host/crm?user=me&password=s3cret",
                "s3cret-in-a-password"
            })
    void noSecretIsShownInABadValue(String value) {
        String property =
                value.startsWith("s3cret")
                        ? "understudy.database.password"
                        : "understudy.database.url";

        assertThat(new InvalidConfigurationException(property, value, "something else"))
                .hasMessageContaining(property)
                .hasMessageContaining("***")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h:port/crm",
                "jdbc:postgresql://h:70000/crm",
                "jdbc:postgresql://me:s3cret@h/crm",
                "jdbc:postgresql:",
                "jdbc:mysql://h/crm"
            })
    void aUrlThatTheDriverCannotReadIsNamed(String url) {
        assertThatThrownBy(() -> new DatabaseConfiguration(url, "u", "", 1, 250))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("understudy.database.url")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/crm",
                "jdbc:postgresql://a:5432,b:5433/crm?targetServerType=primary",
                "jdbc:postgresql://[::1]:5432/crm?user=me@home",
                "jdbc:postgresql:crm"
            })
    void aUrlThatTheDriverCanReadIsTaken(String url) {
        assertThat(new DatabaseConfiguration(url, "u", "", 1, 250).url()).isEqualTo(url);
    }

    @Test
    void aRegistryOfTestsIsNone() {
        assertThatThrownBy(() -> new RegistryConfiguration("mock://registry"))
                .hasMessageContaining("understudy.registry.url");
    }

    @Test
    void aCatalogOfATypeWithoutASchemaIsRefused() {
        EntitiesConfiguration entities =
                new EntitiesConfiguration(
                        "us", List.of("us.contoso.crm.Widget"), List.of("classpath:contoso"));

        assertThatThrownBy(entities::load)
                .isInstanceOfSatisfying(
                        StartException.class,
                        e -> assertThat(e.code()).isEqualTo(StartCode.INVALID_CATALOG))
                .hasMessageContainingAll("understudy.catalog", "contoso.crm.Widget");
    }

    @Test
    void kafkaIsToldWhatItsOwnFileSays(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("client.properties");
        Files.writeString(
                file, "security.protocol=SASL_SSL\nsasl.jaas.config=x password=\"s3cret\";\n");

        KafkaConfiguration kafka =
                new KafkaConfiguration("a:1", ClientProperties.read("p", file.toString()));

        assertThat(kafka.client())
                .containsEntry("bootstrap.servers", "a:1")
                .containsEntry("security.protocol", "SASL_SSL")
                .hasSize(3);
        assertThat(kafka.toString()).contains("sasl.jaas.config").doesNotContain("s3cret");
    }

    @Test
    void whatThePromisesRestOnCannotBeSetThere(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("client.properties");
        Files.writeString(file, "acks=0\n");

        assertThatThrownBy(() -> ClientProperties.read("p", file.toString()))
                .hasMessageContainingAll("p = ", "without acks");
        assertThatThrownBy(() -> ClientProperties.read("p", directory + "/none"))
                .hasMessageContaining("a readable properties file");
    }
}
