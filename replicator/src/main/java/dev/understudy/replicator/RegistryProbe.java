package dev.understudy.replicator;

import dev.understudy.replicator.breaker.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a schema registry for its schema types, the smallest of its answers. */
final class RegistryProbe implements Probe {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int FIRST_ERROR = 400;

    private final String url;

    RegistryProbe(String url) {
        this.url = url;
    }

    @Override
    public void check() throws Exception {
        if (!url.startsWith("http")) {
            return;
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/schemas/types")).timeout(TIMEOUT).build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= FIRST_ERROR) {
                throw new IOException("the registry answers " + status);
            }
        }
    }
}
