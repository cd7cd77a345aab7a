package dev.understudy.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Tells, when asked again and again, whether a part that is starting can be used. */
@FunctionalInterface
interface Readiness {

    boolean ready() throws InterruptedException;

    static Readiness file(Path file) {
        return () -> Files.exists(file);
    }

    /** Ready when a GET answers 200. */
    static Readiness http(URI uri) {
        return () -> answersOk(uri);
    }

    private static boolean answersOk(URI uri) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        try {
            return Clients.HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Made at the first use. */
    final class Clients {
        private static final HttpClient HTTP =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(2))
                        .build();

        private Clients() {}
    }
}
