package dev.understudy.lob.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.understudy.lob.client.InstanceFault.Code;
import io.github.resilience4j.core.IntervalFunction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and turns everything that is not an answer into an {@link InstanceFault}.
 * Thread-safe.
 */
final class Transport implements AutoCloseable {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build();

    /** An answer of any status; the body is a missing node where there is none, or none in JSON. */
    record Answer(int status, @Nullable String entityId, JsonNode body) {

        String error(String field) {
            return body.path("error").path(field).asText("");
        }
    }

    private final InstanceSettings settings;
    private final HttpClient http;
    private final Breaker breaker;
    private final IntervalFunction pauses;

    Transport(InstanceSettings settings, Clock clock) {
        this.settings = settings;
        this.breaker = new Breaker(settings.url(), settings.resilience(), clock);
        this.pauses = settings.resilience().retries().waits();
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.connectTimeout())
                        .build();
    }

    Circuit circuit() {
        return breaker.circuit();
    }

    /**
     * Sends one request; all but POST lead to the same content however often they are sent, and are
     * sent again, after a pause, when their connection fails. A DELETE that then finds nothing is
     * answered as done. A fault says that the circuit was open only if nothing was sent at all.
     */
    Answer send(String method, URI url, @Nullable JsonNode body) {
        return send(method, url, body, "odata.maxpagesize=" + settings.limits().pageSize());
    }

    /** As above, with a preference for the answer ({@code return=representation}). */
    Answer send(String method, URI url, @Nullable JsonNode body, String preference) {
        HttpRequest request = request(method, url, body, preference);
        int attempts = "POST".equals(method) ? 1 : settings.limits().attempts();
        InstanceFault earlier = null;
        for (int attempt = 1; ; attempt++) {
            try {
                Answer answer = breaker.call(() -> answer(request));
                return attempt > 1 && "DELETE".equals(method) && answer.status() == 404
                        ? new Answer(204, null, MissingNode.getInstance())
                        : answer;
            } catch (InstanceFault fault) {
                if (earlier != null && fault.code() == Code.CIRCUIT_OPEN) {
                    earlier.addSuppressed(fault);
                    throw earlier;
                }
                if (earlier != null) {
                    fault.addSuppressed(earlier);
                }
                if (fault.code() != Code.UNREACHABLE || attempt == attempts) {
                    throw fault;
                }
                earlier = fault;
            }
            pause(request, pauses.apply(attempt));
        }
    }

    private static void pause(HttpRequest request, long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fault(Code.INTERRUPTED, request, "was interrupted", e);
        }
    }

    private static HttpRequest request(
            String method, URI url, @Nullable JsonNode body, String preference) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .header("Accept", "application/json")
                        .header("Prefer", preference);
        BearerToken.header().ifPresent(token -> request.header("Authorization", token));
        if (body == null) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        try {
            return request.header("Content-Type", "application/json")
                    .method(
                            method,
                            HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                    .build();
        } catch (IOException e) {
            throw new IllegalArgumentException("body of " + method + " " + url, e);
        }
    }

    private Answer answer(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> pending =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return decode(pending.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw fault(Code.TIMED_OUT, request, "gave no answer within " + waited(), e);
        } catch (ExecutionException e) {
            throw fault(Code.UNREACHABLE, request, "failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw fault(Code.INTERRUPTED, request, "was interrupted", e);
        }
    }

    private static Answer decode(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode body;
        try {
            body = MAPPER.readTree(response.body());
        } catch (IOException e) {
            if (status < 300) {
                throw fault(Code.UNEXPECTED_ANSWER, response.request(), "answered without JSON", e);
            }
            body = MissingNode.getInstance();
        }
        return new Answer(
                status, response.headers().firstValue("OData-EntityId").orElse(null), body);
    }

    private String waited() {
        return settings.requestTimeout().toMillis() + " ms";
    }

    private static InstanceFault fault(
            Code code, HttpRequest request, String what, @Nullable Throwable cause) {
        return new InstanceFault(code, request.method() + " " + request.uri() + " " + what, cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
