package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tests do to parts, as containers where an engine answers, else as processes. */
@Timeout(300)
final class SandboxFaultsIT {

    private static final Sandbox sandbox =
            Sandbox.open(
                    SandboxOptions.defaults()
                            .withParts(SandboxPart.infrastructure())
                            .withPlatform(
                                    Platform.chosen().withMode(RunMode.chosenOrWhatThereIs())));

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = SandboxPart.class,
            names = {"KAFKA", "REGISTRY", "EUROPE_DATABASE"})
    void aKilledAStoppedAndAPausedPartComesBack(SandboxPart name) {
        Part part = sandbox.part(name);
        part.kill();
        assertThat(part.isRunning()).isFalse();
        part.start();
        assertThat(part.isRunning()).isTrue();
        part.pause();
        assertThat(part.isRunning()).isTrue();
        part.stop();
        assertThat(part.isRunning()).isFalse();
        part.start();
        part.pause();
        part.resume();
        assertThat(part.isRunning()).isTrue();
        assertThat(part.log()).isNotEmptyFile();
    }

    @Test
    void whatWasCommittedSurvivesAKill() throws SQLException {
        run("CREATE TABLE kept AS SELECT 7 AS number");
        sandbox.part(SandboxPart.US_DATABASE).kill();
        sandbox.part(SandboxPart.US_DATABASE).start();
        try (Connection connection = sandbox.usDatabase().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number FROM kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
    }

    @Test
    void theRegistrySpeaksConfluentsApi() throws Exception {
        URI subjects = URI.create(sandbox.registry().url() + "/subjects");
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(
                            http.send(
                                            HttpRequest.newBuilder(subjects).build(),
                                            BodyHandlers.ofString())
                                    .body())
                    .startsWith("[");
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = sandbox.usDatabase().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
