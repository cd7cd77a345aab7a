package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MetricsIT {
    @Test
    void everyServiceShowsItsMeters() throws Exception {
        try (Sandbox sandbox = Sandbox.open(SandboxOptions.defaults())) {
            assertThat(metrics(sandbox.us().baseUrl())).contains("understudy_publishing_");
            assertThat(metrics(sandbox.europe().baseUrl())).contains("understudy_publishing_");
            assertThat(metrics(sandbox.replicator().baseUrl()))
                    .contains("understudy_replicator_lag_seconds");
        }
    }

    private static String metrics(URI service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/metrics")).build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        return answer.body();
    }
}
