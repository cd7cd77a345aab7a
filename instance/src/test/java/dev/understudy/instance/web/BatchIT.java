package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.instance.Contoso;
import dev.understudy.sandbox.PostgresServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches, change sets and actions on many entities, as OData and Dataverse document them. */
@Timeout(120)
final class BatchIT {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    private static InstanceServer europe;

    private final String run = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        europe =
                InstanceServer.start(
                        PostgresServer.shared().freshDatabase(),
                        "europe",
                        String.join(",", Contoso.ENTRIES),
                        "understudy.web.max-batch-requests=50");
    }

    @AfterAll
    static void stop() {
        europe.close();
    }

    @Test
    void requestsOfABatchAreAnsweredInTheirOrder() {
        UUID ticket = UUID.randomUUID();
        HttpResponse<String> answer =
                batch(
                        part("PATCH tickets(" + ticket + ") HTTP/1.1", ticket("1")),
                        part(
                                "GET /api/data/v1.0/tickets(" + ticket + ")?$select=title HTTP/1.1",
                                ""),
                        part("GET " + europe.url("tickets/$count") + " HTTP/1.1", ""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("multipart/mixed;boundary=batchresponse_");
        assertThat(statuses(answer)).containsExactly("204", "200", "200");
        assertThat(answer.body())
                .contains("OData-EntityId: " + europe.url("tickets(" + ticket + ")"))
                .contains("\"title\":\"Printer\"")
                .endsWith("--\r\n");
    }

    @Test
    void aBatchEndsAtTheFirstFailureUnlessItIsToGoOn() {
        String[] parts = {
            part("GET tickets(1) HTTP/1.1", ""), part("GET tickets?$top=1 HTTP/1.1", "")
        };

        assertThat(statuses(batch(parts))).containsExactly("400");
        assertThat(statuses(send(body(parts), "Prefer", "odata.continue-on-error")))
                .containsExactly("400", "200");
    }

    @Test
    void aChangeSetIsDoneAsAWholeAndItsRequestsReferToEachOther() {
        UUID ticket = UUID.randomUUID();
        String contact = "/contacts(" + UUID.randomUUID() + ")";
        HttpResponse<String> answer =
                batch(
                        changeSet(
                                change("1", "POST tickets HTTP/1.1", ticket("a")),
                                change("2", "PATCH tickets(" + ticket + ") HTTP/1.1", ticket("b")),
                                change("3", "PATCH $1 HTTP/1.1", "{\"title\": \"changed\"}"),
                                change(
                                        "4",
                                        "PUT $2/contact/$ref HTTP/1.1",
                                        "{\"@odata.id\": \"" + contact + "\"}")));

        assertThat(statuses(answer)).containsExactly("204", "204", "204", "204");
        assertThat(answer.body()).contains("Content-ID: 1", "Content-ID: 4", "changesetresponse_");
        assertThat(
                        json(europe.get("tickets(ticketNumber='" + run + "-a')"))
                                .get("title")
                                .textValue())
                .isEqualTo("changed");
        assertThat(json(europe.get("tickets(" + ticket + ")")).get("contact@understudy.state"))
                .hasToString("\"placeholder\"");
    }

    @Test
    void aChangeSetOfWhichOneFailsChangesNothing() {
        UUID ticket = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        String first = ticket("x").replace(account().toString(), account.toString());
        int published = europe.published().size();
        HttpResponse<String> answer =
                batch(
                        changeSet(
                                change("1", "PATCH tickets(" + ticket + ") HTTP/1.1", first),
                                change("2", "POST tickets HTTP/1.1", ticket("x"))));

        assertThat(statuses(answer)).containsExactly("409");
        assertThat(answer.body()).contains("\"AlreadyExists\"", "change 2");
        assertError(europe.get("tickets(" + ticket + ")"), 404, "NotFound");
        assertError(europe.get("accounts(" + account + ")"), 404, "NotFound");
        assertThat(europe.get("tickets/$count?$filter=ticketNumber%20eq%20'" + run + "-x'").body())
                .isEqualTo("0");
        assertThat(europe.published().size()).isGreaterThanOrEqualTo(published);
    }

    @Test
    void aReadInAChangeSetIsRefused() {
        HttpResponse<String> answer = batch(changeSet(change("1", "GET tickets HTTP/1.1", "")));

        assertThat(statuses(answer)).containsExactly("400");
        assertThat(answer.body()).contains("\"InvalidBatch\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--b",
                "--b\r\n",
                "--b\r\nx\r\n--b--",
                "--c\r\n\r\n--c--",
                "--b x\r\n--b--"
            })
    void whatIsNoBatchIsRefused(String body) {
        HttpResponse<String> answer = send(body);

        if (answer.statusCode() == 200) {
            assertThat(statuses(answer)).containsExactly("400");
        } else {
            assertError(answer, 400, "InvalidBatch");
        }
    }

    @Test
    void aBatchHasALimit() {
        String[] parts = new String[51];
        java.util.Arrays.fill(parts, part("GET tickets HTTP/1.1", ""));

        assertError(batch(parts), 413, "BatchTooLarge");
        assertError(
                europe.send("POST", "$batch", "{\"requests\": []}"), 415, "UnsupportedMediaType");
    }

    @Test
    void manyAreCreatedChangedAndUpsertedAtOnce() {
        HttpResponse<String> created =
                europe.send(
                        "POST",
                        "tickets/Microsoft.Dynamics.CRM.CreateMultiple",
                        targets(ticket("m1"), ticket("m2"), ticket("m3")));
        JsonNode ids = json(created).get("Ids");
        assertThat(ids).hasSize(3);
        HttpResponse<String> updated =
                europe.send(
                        "POST",
                        "tickets/UpdateMultiple",
                        targets("{\"ticketId\": %s, \"title\": \"new\"}".formatted(ids.get(0))));
        HttpResponse<String> upserted =
                europe.send(
                        "POST",
                        "tickets/Microsoft.Dynamics.CRM.UpsertMultiple",
                        targets(
                                "{\"@odata.id\": \"tickets(ticketNumber='%s-m2')\", \"title\": \"u\"}"
                                        .formatted(run),
                                ticket("m4")
                                        .replace(
                                                "{\"ticketNumber\"",
                                                "{\"ticketId\": \"%s\", \"ticketNumber\""
                                                        .formatted(UUID.randomUUID()))));

        assertThat(updated.statusCode()).as(updated.body()).isEqualTo(204);
        assertThat(upserted.statusCode()).as(upserted.body()).isEqualTo(204);
        JsonNode value =
                json(europe.get(
                                "tickets?$select=title&$orderby=ticketNumber&$filter=startswith"
                                        + "(ticketNumber,'"
                                        + run
                                        + "-m')"))
                        .get("value");
        assertThat(value.findValuesAsText("title"))
                .containsExactly("new", "u", "Printer", "Printer");
        assertThat(value.findValuesAsText("account@understudy.state")).isEmpty();
    }

    @Test
    void ofManyOneThatIsRefusedIsNamedAndNothingIsDone() {
        HttpResponse<String> refused =
                europe.send(
                        "POST",
                        "tickets/CreateMultiple",
                        targets(ticket("r1"), ticket("r2"), ticket("r1")));

        assertError(refused, 409, "AlreadyExists");
        assertThat(refused.body()).contains("Targets[2]");
        assertError(
                europe.send("POST", "tickets/UpdateMultiple", targets("{\"title\": \"x\"}")),
                400,
                "MissingField");
        assertError(
                europe.send(
                        "POST",
                        "tickets/UpdateMultiple",
                        targets("{\"ticketId\": \"%s\"}".formatted(UUID.randomUUID()))),
                404,
                "NotFound");
        assertError(europe.send("POST", "tickets/CreateMultiple", "{}"), 400, "BadRequest");
        assertError(
                europe.send("POST", "accounts/CreateMultiple", targets("{}")),
                405,
                "OwnedElsewhere");
        assertThat(
                        europe.get(
                                        "tickets/$count?$filter=startswith(ticketNumber,'"
                                                + run
                                                + "-r')")
                                .body())
                .isEqualTo("0");
    }

    private static String targets(String... targets) {
        return "{\"Targets\": [" + String.join(",", targets) + "]}";
    }

    private UUID account() {
        return UUID.nameUUIDFromBytes(run.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private String ticket(String number) {
        return """
        {"ticketNumber": "%s-%s", "title": "Printer", "priority": "HIGH", "status": "OPEN",
         "account@odata.bind": "/accounts(%s)", "openedOn": "2026-11-21T08:00:00Z"}
        """
                .formatted(run, number, account())
                .strip();
    }

    private static String part(String line, String body) {
        return "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + line
                + "\r\nContent-Type: application/json\r\n\r\n"
                + body
                + "\r\n";
    }

    private static String change(String id, String line, String body) {
        return "--c\r\nContent-Type: application/http\r\nContent-ID: "
                + id
                + "\r\n\r\n"
                + line
                + "\r\nContent-Type: application/json\r\n\r\n"
                + body
                + "\r\n";
    }

    private static String changeSet(String... changes) {
        return "--b\r\nContent-Type: multipart/mixed; boundary=\"c\"\r\n\r\n"
                + String.join("", changes)
                + "--c--\r\n\r\n";
    }

    private static String body(String... parts) {
        return String.join("", parts) + "--b--\r\n";
    }

    private static HttpResponse<String> batch(String... parts) {
        return send(body(parts));
    }

    private static HttpResponse<String> send(String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(europe.url("$batch")))
                        .header("Content-Type", "multipart/mixed;boundary=b")
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return europe.send(request.build());
    }

    private static List<String> statuses(HttpResponse<String> answer) {
        List<String> statuses = new ArrayList<>();
        STATUS.matcher(answer.body()).results().forEach(one -> statuses.add(one.group(1)));
        return statuses;
    }
}
