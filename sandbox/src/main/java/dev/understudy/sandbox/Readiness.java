package dev.understudy.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

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

    /** Ready when a session can be opened. */
    static Readiness postgres(String hostAndPort) {
        Database database =
                new Database(
                        "jdbc:postgresql://" + hostAndPort + "/postgres",
                        PostgresServer.USER,
                        PostgresServer.USER);
        return () -> {
            try (Connection connection = database.connect()) {
                return connection.isValid(2);
            } catch (SQLException _) {
                return false;
            }
        };
    }

    /** Ready when the broker answers and is part of its cluster. */
    static Readiness kafka(String bootstrapServers) {
        Map<String, Object> client =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000);
        return () -> {
            try (Admin admin = Admin.create(client)) {
                return !admin.describeCluster().nodes().get().isEmpty();
            } catch (ExecutionException _) {
                return false;
            }
        };
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
