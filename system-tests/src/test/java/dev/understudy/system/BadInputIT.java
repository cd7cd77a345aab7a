package dev.understudy.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.client.BearerToken;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad requests to a running instance: each is named and refused, and changes nothing. */
@Timeout(120)
class BadInputIT {
    private static final String TICKET =
            """
            {"ticketNumber": "T-1", "title": "Printer", "priority": "LOW", "status": "OPEN",
             "account@odata.bind": "/accounts(%s)", "openedOn": "2026-11-21T08:00:00Z"}\
            """;
    private static final UUID EXISTING = new UUID(0, 1);
    private static final String PATH = "tickets(" + EXISTING + ")";

    private static final Sent TICKET_SENT =
            new Sent("PATCH", PATH, TICKET.formatted(EXISTING), UTF_8);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Sandbox sandbox;

    /** A request, and how it is refused. */
    record Bad(String what, Sent sent, Refused refused) {
        @Override
        public String toString() {
            return what;
        }
    }

    record Sent(String method, String path, String body, Charset charset) {}

    /** {@code named} is in the message. */
    record Refused(int status, String code, String named) {}

    @BeforeAll
    static void open() throws Exception {
        sandbox =
                Sandbox.open(
                        SandboxOptions.defaults()
                                .withParts(
                                        EnumSet.of(
                                                SandboxPart.KAFKA,
                                                SandboxPart.REGISTRY,
                                                SandboxPart.EUROPE_DATABASE,
                                                SandboxPart.EUROPE)));
        Eventually.holds(
                "the first ticket is taken",
                Duration.ofSeconds(20),
                () -> send(TICKET_SENT).statusCode() == 204);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    static Stream<Bad> badRequests() {
        String newTicket = "tickets(" + new UUID(0, 2) + ")";
        String toTicket = "{\"account@odata.bind\": \"/tickets(%s)\"}".formatted(EXISTING);
        return Stream.of(
                patch("unknown entity set", "widgets(1)", "{}", 404, "UnknownEntitySet", "widgets"),
                patch("malformed ID", "tickets(4711)", "{}", 400, "InvalidKey", "4711"),
                patch("wrong type", "{\"title\": 5}", "InvalidField", "title"),
                patch("wrong symbol", "{\"priority\": \"URGENT\"}", "InvalidField", "priority"),
                patch("unknown field", "{\"colour\": 1}", "InvalidField", "colour"),
                patch(
                        "field missing",
                        newTicket,
                        "{\"title\": \"x\"}",
                        400,
                        "MissingField",
                        "ticketNumber"),
                patch("field taken away", "{\"title\": null}", "MissingField", "title"),
                patch(
                        "reference to a type that is not there",
                        "{\"account@odata.bind\": \"/widgets(1)\"}",
                        "InvalidReference",
                        "widgets"),
                patch("reference to another type", toTicket, "InvalidReference", "account@odata"),
                patch("no such reference", "{\"b@odata.bind\": \"\"}", "InvalidReference", "'b'"),
                patch("oversized body", PATH, title(1_100_000), 413, "RequestTooLarge", "1048576"),
                patch("endless body", PATH, title(12_000_000), 413, "RequestTooLarge", "10485760"),
                patch("invalid JSON", "{\"title\": \"x\",\n oops}", "InvalidJson", "line 2"),
                patch("no JSON object", "[]", "InvalidJson", "object"),
                patch("name twice", "{\"title\": \"a\", \"title\": \"b\"}", "InvalidJson", "title"),
                new Bad(
                        "invalid UTF-8",
                        new Sent("PATCH", PATH, "{\"title\": \"caf\u00e9\"}", ISO_8859_1),
                        new Refused(400, "InvalidEncoding", "UTF-8")),
                new Bad(
                        "a replica",
                        new Sent("DELETE", "accounts(%s)".formatted(EXISTING), "", UTF_8),
                        new Refused(405, "OwnedElsewhere", "'us'")));
    }

    private static Bad patch(String what, String body, String code, String named) {
        return patch(what, PATH, body, 400, code, named);
    }

    private static Bad patch(
            String what, String path, String body, int status, String code, String named) {
        return new Bad(
                what, new Sent("PATCH", path, body, UTF_8), new Refused(status, code, named));
    }

    private static String title(int characters) {
        return "{\"title\": \"%s\"}".formatted("x".repeat(characters));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void aBadRequestIsNamedAndChangesNothing(Bad bad) throws Exception {
        Map<String, Long> tickets = Rows.versions(sandbox.europeDatabase(), "ticket");
        long rows = rows();

        HttpResponse<String> answer = send(bad.sent());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(bad.refused().status());
        assertThat(answer.body())
                .startsWith("{\"error\":{\"code\":\"" + bad.refused().code() + "\",\"message\":\"")
                .contains(bad.refused().named())
                .hasSizeLessThan(2000);
        assertThat(Rows.versions(sandbox.europeDatabase(), "ticket")).isEqualTo(tickets);
        assertThat(rows()).isEqualTo(rows);
        assertThat(send(TICKET_SENT).statusCode()).isEqualTo(204);
        assertThat(Rows.versions(sandbox.europeDatabase(), "ticket").get(EXISTING.toString()))
                .as("version after the next good request")
                .isEqualTo(tickets.get(EXISTING.toString()) + 1);
    }

    @Test
    void metricsAreWhereTheyAreSaidToBe() throws Exception {
        URI metrics = sandbox.europe().baseUrl().resolve("/metrics");

        HttpResponse<String> answer = HTTP.send(request(metrics).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        assertThat(answer.body()).contains("# TYPE jvm_memory_used_bytes gauge");
    }

    /** Of all types, placeholders too. */
    private static long rows() throws Exception {
        return Rows.count(
                sandbox.europeDatabase(),
                """
                SELECT (SELECT count(*) FROM contoso_crm.account) + (SELECT count(*) FROM contoso_crm.contact)
                     + (SELECT count(*) FROM contoso_crm.ticket)\
                """);
    }

    private static HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        BearerToken.header().ifPresent(token -> request.header("Authorization", token));
        return request;
    }

    private static HttpResponse<String> send(Sent sent) throws IOException, InterruptedException {
        URI uri = URI.create(sandbox.europe().baseUrl() + "/api/data/v1.0/" + sent.path());
        HttpRequest request =
                request(uri)
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .method(sent.method(), BodyPublishers.ofString(sent.body(), sent.charset()))
                        .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
