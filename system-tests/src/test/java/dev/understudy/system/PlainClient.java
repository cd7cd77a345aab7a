package dev.understudy.system;

import dev.understudy.lob.client.BearerToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests of a test to a service, as anybody could send them. */
record PlainClient(URI base) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(30));
        BearerToken.header().ifPresent(token -> request.header("Authorization", token));
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "").body();
    }

    /** Creates or updates an entity; fails if that is refused. */
    void upsert(String entity, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send("PATCH", "/api/data/v1.0/" + entity, body);
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(entity + ": " + response.statusCode() + " " + response.body());
        }
    }
}
