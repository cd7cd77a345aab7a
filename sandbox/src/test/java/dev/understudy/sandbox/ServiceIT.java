package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class ServiceIT {

    @TempDir private Path directory;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aServiceComesBackWithAnotherEnvironment() throws Exception {
        try (Service service = Service.open(fake("placeholder"))) {
            assertThat(word(service)).isEqualTo("placeholder");
            service.restartWith(Map.of("WORD", "reject"));
            assertThat(word(service)).isEqualTo("reject");
            service.kill();
            service.start();
            assertThat(word(service)).isEqualTo("reject");
            service.restartWith(Map.of());
            assertThat(word(service)).isEqualTo("placeholder");
        }
    }

    @Test
    void aFailedStartTellsThePartTheExitCodeAndTheLog() throws Exception {
        ServiceOptions options = fake("fail");
        assertThatThrownBy(() -> Service.open(options))
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll("fake ended with exit code 3", "The word is refused");
    }

    @Test
    void aClosedServiceIsNotStartedAgain() throws Exception {
        Service service = Service.open(fake("any"));
        service.close();
        assertThat(service.isRunning()).isFalse();
        assertThatThrownBy(service::start)
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("fake is closed");
    }

    private ServiceOptions fake(String word) throws Exception {
        return ServiceOptions.of("fake", FakeService.jar(directory)).withEnvironment("WORD", word);
    }

    private String word(Service service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.baseUrl().resolve("/word")).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
