package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.instance.Contoso;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
    private static Database database;
    private static InstanceServer europe;

    private final String run = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        database = PostgresServer.shared().freshDatabase();
        europe =
                InstanceServer.start(
                        database,
                        "europe",
                        String.join(",", Contoso.ENTRIES),
                        "understudy.web.max-batch-requests=50",
                        "understudy.web.max-batch-answer-bytes=20000");
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
    void anEntityThatIsNamedByAnAlternateKeyIsReferredToByItsContentId() {
        String parent = "PATCH accounts(accountNumber='A%201') HTTP/1.1";
        String account =
                """
                {"name": "Contoso", "creditOnHold": false, "createdOn": "2026-11-21T08:00:00Z"}\
                """;
        UUID child = UUID.randomUUID();
        String changes =
                body(
                        changeSet(
                                change("p", parent, account),
                                change(
                                        "c",
                                        "PATCH accounts(" + child + ") HTTP/1.1",
                                        account.replace(
                                                "{",
                                                "{\"accountNumber\": \"A-2\","
                                                        + " \"parentAccount@odata.bind\": \"$p\", "))));
        try (InstanceServer us =
                InstanceServer.start(
                        PostgresServer.shared().freshDatabase(),
                        "us",
                        String.join(",", Contoso.ENTRIES))) {
            us.awaitHealth(200);

            assertThat(statuses(send(us, changes))).containsExactly("204", "204");
            // Also where it is there already.
            assertThat(statuses(send(us, changes))).containsExactly("204", "204");
            assertThat(json(us.get("accounts(" + child + ")/parentAccount")).get("accountNumber"))
                    .hasToString("\"A 1\"");
        }
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
        assertError(send(String.join("", parts)), 413, "BatchTooLarge");
        assertError(
                europe.send("POST", "$batch", "{\"requests\": []}"), 415, "UnsupportedMediaType");
    }

    @Test
    void nothingIsDoneOfABatchThatIsMalformedOrTooLargeFurtherOn() {
        UUID ticket = UUID.randomUUID();
        String first = part("PATCH tickets(" + ticket + ") HTTP/1.1", ticket("n"));
        String[] changes = new String[50];
        java.util.Arrays.fill(changes, change("1", "POST tickets HTTP/1.1", ticket("n")));

        assertError(batch(first, changeSet().replace("--c--", "no boundary")), 400, "InvalidBatch");
        assertError(batch(first, changeSet(changes)), 413, "BatchTooLarge");
        assertError(europe.get("tickets(" + ticket + ")"), 404, "NotFound");
    }

    @Test
    void nothingMoreOfABatchIsDoneWhenItsAnswersAreLarge() {
        String ticket = "tickets(" + UUID.randomUUID() + ")";
        String large =
                ticket("l").replace("{", "{\"description\": \"" + "x".repeat(15_000) + "\", ");
        String read = part("GET " + ticket + " HTTP/1.1", "");
        String represented = "PATCH " + ticket + " HTTP/1.1\r\nPrefer: return=representation";
        String write = part("PATCH tickets(" + UUID.randomUUID() + ") HTTP/1.1", ticket("m"));
        String[] parts = {part("PATCH " + ticket + " HTTP/1.1", large), read, read, write, read};

        assertThat(statuses(batch(parts))).containsExactly("204", "200", "200", "413");
        assertThat(statuses(send(body(parts), "Prefer", "odata.continue-on-error")))
                .containsExactly("204", "200", "200", "413", "413");
        assertThat(europe.get("tickets(ticketNumber='" + run + "-m')").statusCode()).isEqualTo(404);
        assertThat(
                        statuses(
                                batch(
                                        changeSet(
                                                change("1", represented, "{}"),
                                                change("2", represented, "{}"),
                                                change("3", represented, "{}")))))
                .containsExactly("200", "200", "204");
        assertThat(json(europe.get(ticket)).get("@odata.etag").textValue()).isEqualTo("W/\"5\"");
    }

    @Test
    void nothingMoreOfABatchIsDoneWhenItHasTakenLong() throws SQLException {
        String ticket = "tickets(" + UUID.randomUUID() + ")";
        String body =
                body(
                        part("GET contacts HTTP/1.1", ""),
                        part("PATCH " + ticket + " HTTP/1.1", ticket("s")));
        try (InstanceServer hasty =
                        InstanceServer.start(
                                database,
                                "europe",
                                String.join(",", Contoso.ENTRIES),
                                "understudy.web.query-timeout-ms=2200",
                                "understudy.web.batch-timeout-ms=2000");
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            hasty.awaitHealth(200);
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE contoso_crm.contact IN ACCESS EXCLUSIVE MODE");
            HttpResponse<String> answer = send(hasty, body, "Prefer", "odata.continue-on-error");
            connection.rollback();

            assertThat(statuses(answer)).as(answer.body()).containsExactly("429", "429");
            assertThat(answer.body()).contains("\"QueryTooSlow\"", "\"BatchTooSlow\"");
        }
        assertThat(europe.get(ticket).statusCode()).isEqualTo(404);
    }

    @Test
    void aLargeExponentInAChangeSetIsRefusedAsAnywhere() {
        HttpResponse<String> answer =
                batch(
                        changeSet(
                                change(
                                        "1",
                                        "PATCH tickets(" + UUID.randomUUID() + ") HTTP/1.1",
                                        ticket("e")),
                                change("2", "PATCH $1 HTTP/1.1", "{\"title\": 1e99999}")));

        assertThat(statuses(answer)).containsExactly("400");
        assertThat(answer.body()).contains("\"InvalidField\"", "change 2");
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
        return send(europe, body, headers);
    }

    private static HttpResponse<String> send(
            InstanceServer server, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.url("$batch")))
                        .header("Content-Type", "multipart/mixed;boundary=b")
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.send(request.build());
    }

    private static List<String> statuses(HttpResponse<String> answer) {
        List<String> statuses = new ArrayList<>();
        STATUS.matcher(answer.body()).results().forEach(one -> statuses.add(one.group(1)));
        return statuses;
    }
}
