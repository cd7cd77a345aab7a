package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.sandbox.PostgresServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP contract, line by line, on a source instance with real tables. */
@Timeout(120)
final class WebApiIT {
    private static InstanceServer us;

    /** Each test has a number of its own, which is unique. */
    private final String contoso =
            """
            {"accountNumber": "A-%s", "name": "Contoso", "annualRevenue": 12345678901234.50,
             "createdOn": "2026-11-21T08:00:00.123456Z"}
            """
                    .formatted(UUID.randomUUID());

    @BeforeAll
    static void start() {
        us =
                InstanceServer.start(
                        PostgresServer.shared().freshDatabase(),
                        "us",
                        "us.contoso.crm.Account,us.contoso.crm.Contact,europe.contoso.crm.Ticket",
                        "understudy.web.max-body-bytes=5000",
                        "understudy.web.page-size=20",
                        "understudy.web.max-page-size=50");
    }

    @AfterAll
    static void stop() {
        us.close();
    }

    @Test
    void healthIsUp() {
        assertThat(us.health().statusCode()).isEqualTo(200);
        assertThat(us.health().body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void aCreatedEntityIsReadUnderItsUrl() {
        HttpResponse<String> created = us.send("POST", "accounts", contoso);

        assertThat(created.statusCode()).isEqualTo(204);
        assertThat(created.body()).isEmpty();
        assertThat(created.headers().firstValue("OData-Version")).contains("4.0");
        assertThat(created.headers().firstValue("Location"))
                .isEqualTo(created.headers().firstValue("OData-EntityId"));
        String url = created.headers().firstValue("Location").orElseThrow();
        assertThat(url).matches(us.url("accounts") + "\\([-0-9a-f]{36}\\)");
        HttpResponse<String> read = us.get(url.substring(us.url("").length()));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
        assertThat(read.body()).contains("\"annualRevenue\":12345678901234.50");
        JsonNode entity = json(read);
        assertThat(entity.get("@odata.etag").textValue()).isEqualTo("W/\"1\"");
        assertThat(entity.get("@understudy.state").textValue()).isEqualTo("hydrated");
        assertThat(entity.get("@odata.context").textValue())
                .isEqualTo(us.url("$metadata#accounts/$entity"));
        assertThat(entity.get("createdOn").textValue()).isEqualTo("2026-11-21T08:00:00.123456Z");
        assertThat(entity.get("creditOnHold").booleanValue()).isFalse();
        assertThat(entity.get("industry").isNull()).isTrue();
    }

    @Test
    void anEntityIsCreatedOnce() {
        String body =
                "{\"accountId\": \"%s\", %s".formatted(UUID.randomUUID(), contoso.substring(1));

        assertThat(us.send("POST", "accounts", body).statusCode()).isEqualTo(204);
        assertError(us.send("POST", "accounts", body), 409, "AlreadyExists");
    }

    @Test
    void aCreatedEntityIsReturnedOnRequest() {
        HttpResponse<String> created =
                us.send("POST", "accounts", contoso, "Prefer", "return=representation");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Preference-Applied"))
                .contains("return=representation");
        assertThat(json(created).get("name").textValue()).isEqualTo("Contoso");
    }

    @Test
    void aPatchCreatesAndThenChangesWhatIsGiven() {
        String path = "accounts(" + UUID.randomUUID() + ")";

        assertThat(us.send("PATCH", path, contoso).statusCode()).isEqualTo(204);
        HttpResponse<String> changed =
                us.send("PATCH", path, "{\"city\": \"Paris\"}", "Prefer", "return=representation");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).get("city").textValue()).isEqualTo("Paris");
        assertThat(json(changed).get("name").textValue()).isEqualTo("Contoso");
        assertThat(json(changed).get("@odata.etag").textValue()).isEqualTo("W/\"2\"");
    }

    @Test
    void aPatchThatCreatesAnswers201WithTheEntity() {
        String path = "accounts(" + UUID.randomUUID() + ")";

        assertThat(us.send("PATCH", path, contoso, "Prefer", "return=representation").statusCode())
                .isEqualTo(201);
    }

    @Test
    void preconditionsHold() {
        String path = "accounts(" + UUID.randomUUID() + ")";

        assertError(us.send("PATCH", path, contoso, "If-Match", "*"), 404, "NotFound");
        assertError(us.send("PATCH", path, contoso, "If-Match", "W/\"1\""), 404, "NotFound");
        assertThat(us.send("PATCH", path, contoso, "If-None-Match", "*").statusCode())
                .isEqualTo(204);
        assertError(
                us.send("PATCH", path, contoso, "If-None-Match", "*"), 412, "PreconditionFailed");
        assertThat(us.send("PATCH", path, "{}", "If-Match", "W/\"1\"").statusCode()).isEqualTo(204);
        assertError(us.send("PATCH", path, "{}", "If-Match", "W/\"1\""), 412, "PreconditionFailed");
        assertError(us.send("DELETE", path, "", "If-Match", "W/\"1\""), 412, "PreconditionFailed");
        assertError(us.send("PATCH", path, "{}", "If-Match", "2"), 400, "BadRequest");
        assertThat(us.get(path, "If-None-Match", "W/\"2\"").statusCode()).isEqualTo(304);
        assertThat(us.get(path, "If-None-Match", "W/\"1\"").statusCode()).isEqualTo(200);
    }

    @Test
    void aDeletedEntityIsGoneUntilItIsCreatedAgain() {
        String path = "accounts(" + UUID.randomUUID() + ")";
        us.send("PATCH", path, contoso);

        assertThat(us.send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertError(us.get(path), 404, "NotFound");
        assertError(us.send("DELETE", path, ""), 404, "NotFound");
        assertThat(us.send("PATCH", path, contoso).statusCode()).isEqualTo(204);
        assertThat(json(us.get(path)).get("@odata.etag").textValue()).isEqualTo("W/\"3\"");
    }

    @Test
    void aReplicaIsReadOnlyAndNamesItsOwner() {
        for (HttpResponse<String> answer :
                List.of(
                        us.send("POST", "tickets", "{}"),
                        us.send("PATCH", "tickets(" + UUID.randomUUID() + ")", "not even JSON"),
                        us.send("DELETE", "tickets(" + UUID.randomUUID() + ")", ""))) {
            assertError(answer, 405, "OwnedElsewhere");
            assertThat(answer.body()).contains("'europe'");
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        }
        assertError(us.get("tickets(" + UUID.randomUUID() + ")"), 404, "NotFound");
    }

    @Test
    void theApiDescribesItself() {
        JsonNode sets = json(us.get("")).get("value");
        HttpResponse<String> metadata = us.get("$metadata");
        JsonNode openApi = json(us.get("$openapi"));

        assertThat(sets.findValuesAsText("url")).contains("accounts", "contacts", "tickets");
        assertThat(metadata.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/xml");
        assertThat(metadata.body()).contains("<EntitySet Name=\"accounts\"");
        assertThat(openApi.get("openapi").textValue()).startsWith("3.");
        assertThat(openApi.get("servers").get(0).get("url").textValue() + "/")
                .isEqualTo(us.url(""));
        assertError(us.get("$metadata?$format=json"), 501, "NotImplemented");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | widgets        |              | 404 | UnknownEntitySet",
                "GET    | accounts(1)    |              | 400 | InvalidKey",
                "GET    | accounts('%ff')|              | 400 | InvalidKey",
                "GET    | accounts/      |              | 501 | NotImplemented",
                "GET    | accounts?$search=x   |       | 501 | NotImplemented",
                "GET    | accounts?$top=-1 |            | 400 | InvalidQuery",
                "GET    | accounts?$skiptoken=@ |       | 400 | InvalidQuery",
                "GET    | $all           |              | 501 | NotImplemented",
                "POST   | $metadata      | {}           | 405 | MethodNotAllowed",
                "POST   | accounts       | ''           | 400 | InvalidJson",
                "POST   | accounts       | {            | 400 | InvalidJson",
                "POST   | accounts       | {}           | 400 | MissingField",
                "POST   | accounts       | {\"colour\": 1} | 400 | InvalidField",
                "POST   | accounts       | {\"employees\": 1.5} | 400 | InvalidField",
                "POST   | accounts       | {\"name\": \"\\u0000\"} | 400 | InvalidField",
                "PATCH  | accounts       | {}           | 405 | MethodNotAllowed",
                "DELETE | accounts       | ''           | 405 | MethodNotAllowed",
                "PUT    | accounts       | {}           | 405 | MethodNotAllowed"
            })
    void aRequestThatIsNotUnderstoodIsRefused(
            String method, String path, String body, int status, String code) {
        assertError(us.send(method, path, body == null ? "" : body), status, code);
    }

    @Test
    void aBodyHasALimit() {
        String body = "{\"name\": \"%s\"}".formatted("x".repeat(5000));

        assertError(us.send("POST", "accounts", body), 413, "RequestTooLarge");
    }

    @Test
    void aHugeBodyIsRefusedByTheServer() {
        String body = "{\"name\": \"%s\"}".formatted("x".repeat(11_000_000));

        assertError(us.send("POST", "accounts", body), 413, "RequestTooLarge");
    }

    @Test
    void theKeyInTheBodyIsTheOneInTheUrl() {
        String body =
                "{\"accountId\": \"%s\", %s".formatted(UUID.randomUUID(), contoso.substring(1));

        assertError(
                us.send("PATCH", "accounts(" + UUID.randomUUID() + ")", body), 400, "InvalidKey");
    }
}
