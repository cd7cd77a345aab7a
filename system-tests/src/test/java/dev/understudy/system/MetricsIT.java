package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class MetricsIT {
    private static final Pattern AGE =
            Pattern.compile(
                    "understudy_complete_as_of_age_seconds\\{type=\"contoso.crm.Account\"} (\\S+)");

    @Test
    void everyServiceShowsItsMeters() throws Exception {
        try (Sandbox sandbox = Sandbox.open(SandboxOptions.defaults())) {
            assertThat(metrics(sandbox.us().baseUrl())).contains("understudy_publishing_");
            assertThat(metrics(sandbox.europe().baseUrl())).contains("understudy_publishing_");
            assertThat(metrics(sandbox.replicator().baseUrl()))
                    .contains(
                            "understudy_replicator_lag_seconds",
                            "understudy_replicator_breaker_open",
                            "understudy_replicator_flush_records",
                            "understudy_replicator_flush_time_seconds",
                            "understudy_dead_letters_total{reason=\"refused\"}",
                            "understudy_dead_letters_open",
                            "understudy_placeholders{",
                            "understudy_placeholders_oldest_age_seconds{",
                            "understudy_commit_to_visible_seconds_bucket");
        }
    }

    /** With the owner's own heartbeats; when it is silent, nobody knows what it has committed. */
    @Test
    void whatIsCompleteIsAsOldAsTheOwnersLastHeartbeat() throws Exception {
        try (Sandbox sandbox = Sandbox.open(SandboxOptions.defaults())) {
            Eventually.holds("complete as of now", Duration.ofSeconds(60), () -> age(sandbox) < 5);
            sandbox.us().kill();
            Eventually.holds("the age grows", Duration.ofSeconds(60), () -> age(sandbox) > 10);
            sandbox.us().start();
            Eventually.holds("complete again", Duration.ofSeconds(60), () -> age(sandbox) < 5);
        }
    }

    private static double age(Sandbox sandbox) throws Exception {
        Matcher age = AGE.matcher(metrics(sandbox.replicator().baseUrl()));
        assertThat(age.find()).isTrue();
        return age.group(1).equals("+Inf")
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(age.group(1));
    }

    private static String metrics(URI service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/metrics")).build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        return answer.body();
    }
}
