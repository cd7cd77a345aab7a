package dev.understudy.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** A replicator's administration of dead letters, over HTTP; an option of each subcommand. */
final class ReplicatorClient {
    private static final String PATH = "/admin/dead-letters";
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A page of letters is applied before the answer comes. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

    @Option(
            names = "--replicator",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:18082",
            description = "Where the replicator is. Default: ${DEFAULT-VALUE}.")
    private URI replicator;

    private ReplicatorClient() {}

    /**
     * Asks for what is below a path.
     *
     * @throws ReplicatorFault if there is no answer, or an error
     */
    JsonNode read(String path, Map<String, String> query) throws InterruptedException {
        return answer(request(path, query).GET().build());
    }

    /** As {@link #read}, of something to do. */
    JsonNode act(String path, Map<String, String> query) throws InterruptedException {
        return answer(request(path, query).POST(BodyPublishers.noBody()).build());
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String text =
                query.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        URI uri = replicator.resolve(PATH + path + (text.isEmpty() ? "" : "?" + text));
        return HttpRequest.newBuilder(uri).timeout(ANSWER);
    }

    private JsonNode answer(HttpRequest request) throws InterruptedException {
        String asked = request.method() + " " + request.uri();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString(UTF_8));
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new ReplicatorFault(
                        "%s: %d %s"
                                .formatted(
                                        asked,
                                        response.statusCode(),
                                        body.path("error").path("message").asText("")));
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new ReplicatorFault(asked + ": the answer is not JSON");
        } catch (IOException e) {
            throw new ReplicatorFault(asked + ": no answer: " + e);
        }
    }

    /** An ID as a segment of a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
