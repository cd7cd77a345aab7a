package dev.understudy.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.lob.client.BearerToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a service's administration, in JSON. Thread-safe. */
public final class ServiceClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI base;
    private final Duration patience;

    /**
     * @param patience how long an answer may take
     */
    public ServiceClient(URI base, Duration patience) {
        this.base = base;
        this.patience = patience;
    }

    /**
     * Asks for what is at a path.
     *
     * @throws ServiceFault if there is no answer, or an error
     */
    public JsonNode read(String path) {
        return answer(request(path).GET().build());
    }

    /** As {@link #read}, of something to do. */
    public JsonNode act(String path) {
        return answer(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.noBody())
                        .build());
    }

    /** As {@link #read}, of something to do that has to be told in full. */
    public JsonNode act(String path, JsonNode body) {
        return answer(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(patience);
        BearerToken.header().ifPresent(token -> request.header("Authorization", token));
        return request;
    }

    private JsonNode answer(HttpRequest request) {
        String asked = request.method() + " " + request.uri();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString(UTF_8));
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new ServiceFault(
                        "%s: %d %s"
                                .formatted(
                                        asked,
                                        response.statusCode(),
                                        body.path("error").path("message").asText("")));
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new ServiceFault(asked + ": the answer is not JSON");
        } catch (IOException e) {
            throw new ServiceFault(asked + ": no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceFault(asked + ": interrupted");
        }
    }
}
