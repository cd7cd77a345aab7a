package dev.understudy.replicator;

import dev.understudy.replicator.breaker.Probe;
import dev.understudy.service.RegistryConfiguration;
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

    private final RegistryConfiguration registry;
    private final Duration timeout;

    RegistryProbe(RegistryConfiguration registry) {
        this(registry, TIMEOUT);
    }

    RegistryProbe(RegistryConfiguration registry, Duration timeout) {
        this.registry = registry;
        this.timeout = timeout;
    }

    @Override
    public void check() throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(registry.url() + "/schemas/types"));
        registry.login().ifPresent(login -> request.header("Authorization", login.header()));
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(timeout);
        registry.trust().ifPresent(trust -> builder.sslContext(trust.context()));
        HttpClient client = builder.build();
        try {
            // A request's own time-out ends with the headers; this one is of the body also.
            int status =
                    client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
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
