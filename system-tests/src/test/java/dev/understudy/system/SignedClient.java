package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Requests of somebody who has these roles, to a service that has this key. */
record SignedClient(URI base, String key, List<String> roles) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> ALL = List.of("read", "write", "replicate", "administer");

    /** Of somebody who may do everything. */
    SignedClient(URI base, String key) {
        this(base, key, ALL);
    }

    SignedClient with(String... others) {
        return new SignedClient(base, key, List.of(others));
    }

    /** Creates or updates an entity; fails if that is refused. */
    void write(String entity, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send("PATCH", "/api/data/v1.0/" + entity, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "").body();
    }

    HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        String token = AccessToken.of(key, roles, Instant.now().plusSeconds(600));
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
