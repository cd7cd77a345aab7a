package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.client.BearerToken;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class MetricsIT {
    private static final Pattern AGE =
            Pattern.compile(
                    "understudy_complete_as_of_age_seconds\\{type=\"contoso.crm.Account\"} (\\S+)");

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.open(SandboxOptions.defaults());
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void everyServiceShowsItsMeters() throws Exception {
        assertThat(metrics(sandbox.us().baseUrl())).contains("understudy_publishing_");
        assertThat(metrics(sandbox.europe().baseUrl())).contains("understudy_publishing_");
        assertThat(metrics(sandbox.replicator().baseUrl()))
                .contains(
                        "understudy_replicator_lag_seconds",
                        "understudy_replicator_breaker_open",
                        "understudy_replicator_outages_total{part=\"database\"}",
                        "understudy_replicator_probes_total{part=\"kafka\"}",
                        "understudy_replicator_flush_records",
                        "understudy_replicator_flush_time_seconds",
                        "understudy_dead_letters_total{reason=\"refused\"}",
                        "understudy_dead_letters_open",
                        "understudy_placeholders{",
                        "understudy_placeholders_oldest_age_seconds{",
                        "understudy_commit_to_visible_seconds_bucket");
    }

    @Test
    void aWebPageOfAnotherSiteCannotActOnTheReplicator() throws Exception {
        String own = sandbox.replicator().baseUrl().toString();
        // Until all letters are known it answers 503.
        Eventually.holds(
                "an answer",
                Duration.ofSeconds(30),
                () -> discard("Content-Type", "application/json").startsWith("200"));
        assertThat(discard("Content-Type", "application/json", "Origin", own)).contains("200");
        // The server's own guard of loopback.
        assertThat(discard("Content-Type", "application/json", "Origin", "https://contoso.com"))
                .startsWith("403");
        assertThat(discard("Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"))
                .contains("403", "ForeignOrigin");
        assertThat(discard("Content-Type", "text/plain"))
                .contains("415", "{\"error\":", "UnsupportedMediaType");
        assertThat(discard("Accept", "*/*")).contains("415", "UnsupportedMediaType");
    }

    @Test
    void whatTheReplicatorCannotUnderstandIsAnsweredInItsForm() throws Exception {
        for (String path : List.of("?limit=many", "?limit=0", "?after=here", "/nothing")) {
            assertThat(answer(HttpRequest.newBuilder(letters(path))))
                    .as(path)
                    .contains("400", "{\"error\":{", "\"code\":\"BadRequest\"");
        }
        assertThat(answer(HttpRequest.newBuilder(letters("/1@1/nothing"))))
                .contains("404", "{\"error\":{", "NotFound");
    }

    /** With the owner's own heartbeats; when it is silent, nobody knows what it has committed. */
    @Test
    void whatIsCompleteIsAsOldAsTheOwnersLastHeartbeat() throws Exception {
        Eventually.holds("complete as of now", Duration.ofSeconds(60), () -> age() < 5);
        sandbox.us().kill();
        Eventually.holds("the age grows", Duration.ofSeconds(60), () -> age() > 8);
        sandbox.us().start();
        Eventually.holds("complete again", Duration.ofSeconds(60), () -> age() < 5);
    }

    /** Status and body of an attempt to discard all letters of a type that there is none of. */
    private static String discard(String... headers) throws Exception {
        return answer(
                HttpRequest.newBuilder(letters("/discard?type=none"))
                        .headers(headers)
                        .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static URI letters(String path) {
        return URI.create(sandbox.replicator().baseUrl() + "/admin/dead-letters" + path);
    }

    private static String answer(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private static double age() throws Exception {
        Matcher age = AGE.matcher(metrics(sandbox.replicator().baseUrl()));
        assertThat(age.find()).isTrue();
        return age.group(1).equals("+Inf")
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(age.group(1));
    }

    private static String metrics(URI service) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve("/metrics"));
        BearerToken.header().ifPresent(token -> request.header("Authorization", token));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        return answer.body();
    }
}
