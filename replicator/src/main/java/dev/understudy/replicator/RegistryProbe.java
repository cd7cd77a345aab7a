package dev.understudy.replicator;

import dev.understudy.replicator.breaker.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks a schema registry for its schema types, the smallest of its answers. */
final class RegistryProbe implements Probe {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int FIRST_ERROR = 400;

    private final String url;
    private final Duration timeout;

    RegistryProbe(String url) {
        this(url, TIMEOUT);
    }

    RegistryProbe(String url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    @Override
    public void check() throws Exception {
        if (!url.startsWith("http")) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/schemas/types")).build();
        HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build();
        try {
            // A request's own time-out ends with the headers; this one is of the body also.
            int status =
                    client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .statusCode();
            if (status >= FIRST_ERROR) {
                throw new IOException("the registry answers " + status);
            }
        } finally {
            // Not close(), which waits for what has not been answered.
            client.shutdownNow();
        }
    }
}
