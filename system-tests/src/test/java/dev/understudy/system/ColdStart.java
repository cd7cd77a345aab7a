package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.FutureTask;

/** The start of a service that cannot get ready yet. */
final class ColdStart implements AutoCloseable {
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Service service;
    private final FutureTask<Boolean> start;
    private final Thread thread;

    ColdStart(Service service) {
        this.service = service;
        this.start = new FutureTask<>(service::start, true);
        this.thread = Thread.ofPlatform().name("cold-start").unstarted(start);
    }

    void launch() {
        thread.start();
    }

    /** Waits until the service runs and says, in its health, what it lacks. */
    void awaitHealth(String lacks, Duration within) throws Exception {
        Eventually.holds("its health says " + lacks, within, () -> health().contains(lacks));
        assertThat(start.isDone()).as("ready while " + lacks).isFalse();
    }

    private String health() throws InterruptedException {
        URI health = service.baseUrl().resolve("/health");
        try {
            return http.send(
                            HttpRequest.newBuilder(health).timeout(ANSWER_BOUND).build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "unreachable: " + e;
        }
    }

    /** Waits until the service is ready; fails as its start does. */
    void awaitUp() throws Exception {
        start.get();
    }

    @Override
    public void close() {
        http.close();
    }
}
