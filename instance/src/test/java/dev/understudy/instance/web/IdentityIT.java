package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.sandbox.PostgresServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alternate keys, parts of entities and links, as Dataverse's Web API documents them. */
@Timeout(120)
final class IdentityIT {
    @TempDir private static Path schemas;
    private static InstanceServer us;

    private final String number = "A-" + UUID.randomUUID();
    private final String byNumber = "accounts(accountNumber='" + number + "')";

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(
                schemas.resolve("Price.avsc"),
                """
                {"type": "record", "name": "Price", "namespace": "test", "entity.key": "priceId",
                 "entity.alternateKeys": [["article", "year"]],
                 "fields": [{"name": "priceId", "type": {"type": "string", "logicalType": "uuid"}},
                   {"name": "article", "type": "string"}, {"name": "year", "type": "int"},
                   {"name": "amount", "type": ["null", "double"], "default": null}]}
                """);
        us =
                InstanceServer.start(
                        PostgresServer.shared().freshDatabase(),
                        "us",
                        "us.contoso.crm.Account,us.contoso.crm.Contact,us.contoso.crm.Ticket,"
                                + "us.test.Price",
                        "understudy.schemas=classpath:contoso," + schemas,
                        "understudy.database.connection-timeout-ms=60000");
    }

    @AfterAll
    static void stop() {
        us.close();
    }

    @Test
    void anUpsertByAnAlternateKeyCreatesAndThenUpdatesTheSameEntity() {
        HttpResponse<String> created = us.send("PATCH", byNumber, account("Contoso"));
        HttpResponse<String> updated =
                us.send(
                        "PATCH",
                        byNumber,
                        "{\"city\": \"Bern\"}",
                        "Prefer",
                        "return=representation");

        assertThat(created.statusCode()).as(created.body()).isEqualTo(204);
        assertThat(updated.statusCode()).isEqualTo(200);
        assertThat(updated.headers().firstValue("OData-EntityId"))
                .isEqualTo(created.headers().firstValue("OData-EntityId"));
        JsonNode read = json(us.get(byNumber));
        assertThat(read.get("accountNumber").textValue()).isEqualTo(number);
        assertThat(read.get("name").textValue()).isEqualTo("Contoso");
        assertThat(read.get("city").textValue()).isEqualTo("Bern");
        assertThat(read.get("@odata.etag").textValue()).isEqualTo("W/\"2\"");
    }

    @Test
    void theKeyInTheBodyIsThatOfWhoHasTheAlternateKey() {
        UUID key = UUID.randomUUID();
        String withKey = "{\"accountId\": \"%s\", \"name\": \"%s\"}";
        String created = account("Contoso").replace("{", "{\"accountId\": \"%s\", ".formatted(key));
        assertThat(us.send("PATCH", byNumber, created).statusCode()).isEqualTo(204);

        assertError(
                us.send("PATCH", byNumber, withKey.formatted(UUID.randomUUID(), "other")),
                400,
                "InvalidKey");
        assertThat(json(us.get(byNumber)).get("name").textValue()).isEqualTo("Contoso");
        assertThat(us.send("PATCH", byNumber, withKey.formatted(key, "same")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aKeyOfSeveralFieldsNamesAnEntityInAnyOrder() {
        String path = "prices(article='O''Neil, (1)',year=2026)";

        assertThat(us.send("PATCH", encoded(path), "{\"amount\": 2.5}").statusCode())
                .isEqualTo(204);
        assertThat(
                        json(us.get(encoded("prices(year=2026,article='O''Neil, (1)')")))
                                .get("amount")
                                .doubleValue())
                .isEqualTo(2.5);
        assertError(us.get("prices(year=2027,article='O''Neil')"), 404, "NotFound");
        assertError(us.get("prices(year=2026)"), 400, "InvalidKey");
        assertError(us.get("prices(year='x',article='a')"), 400, "InvalidKey");
    }

    @Test
    void conditionsHoldForAlternateKeysToo() {
        assertError(us.send("PATCH", byNumber, account("a"), "If-Match", "*"), 404, "NotFound");
        assertThat(us.send("PATCH", byNumber, account("a"), "If-None-Match", "*").statusCode())
                .isEqualTo(204);
        assertError(
                us.send("PATCH", byNumber, account("a"), "If-None-Match", "*"),
                412,
                "PreconditionFailed");
        assertError(
                us.send("PATCH", byNumber, "{}", "If-Match", "W/\"7\""), 412, "PreconditionFailed");
        assertError(us.get(byNumber, "If-Match", "W/\"7\""), 412, "PreconditionFailed");
        assertThat(us.get(byNumber, "If-None-Match", "W/\"1\"").statusCode()).isEqualTo(304);
        assertError(
                us.send("PATCH", byNumber, "{\"accountNumber\": \"other\"}"), 400, "InvalidKey");
    }

    @Test
    void anEntityIsDeletedByItsAlternateKey() {
        us.send("PATCH", byNumber, account("a"));

        assertThat(us.send("DELETE", byNumber, "").statusCode()).isEqualTo(204);
        assertError(us.get(byNumber), 404, "NotFound");
        assertError(us.send("DELETE", byNumber, ""), 404, "NotFound");
    }

    @Test
    void aReferenceIsBoundByAnAlternateKeyWhetherOrNotTheEntityIsThere() {
        String missing = "A-" + UUID.randomUUID();
        us.send("PATCH", byNumber, account("a"));
        String path = "tickets(ticketNumber='T-" + number + "')";

        assertThat(us.send("PATCH", path, ticket("/" + byNumber)).statusCode()).isEqualTo(204);
        assertThat(json(us.get(path + "/account")).get("accountNumber").textValue())
                .isEqualTo(number);
        us.send(
                "PATCH",
                path,
                "{\"account@odata.bind\": \"/accounts(accountNumber='%s')\"}".formatted(missing));
        assertThat(json(us.get(path)).get("account@understudy.state").textValue())
                .isEqualTo("placeholder");
        us.send("PATCH", "accounts(accountNumber='" + missing + "')", account("late"));
        InstanceServer.await(
                "the ticket refers to the account that came",
                () ->
                        json(us.get(path))
                                .path("account@understudy.state")
                                .asText()
                                .equals("hydrated"));
        assertThat(json(us.get(path + "/account")).get("name").textValue()).isEqualTo("late");
    }

    @Test
    void anEntityAndItsAliasAmongManyAreWrittenOneAfterTheOther() {
        UUID alias = us.provisionalAccount(number);
        us.send("PATCH", byNumber, account("Contoso"));
        String id = json(us.get(byNumber)).get("accountId").textValue();
        HttpResponse<String> answer =
                us.send(
                        "POST",
                        "accounts/UpsertMultiple",
                        """
                        {"Targets": [{"accountId": "%s", "name": "renamed"},
                                     {"accountId": "%s", "city": "Bern"}]}
                        """
                                .formatted(alias, id));

        assertThat(id).isNotEqualTo(alias.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        JsonNode read = json(us.get(byNumber));
        assertThat(read.get("name").textValue()).isEqualTo("renamed");
        assertThat(read.get("city").textValue()).isEqualTo("Bern");
        assertThat(read.get("@odata.etag").textValue()).isEqualTo("W/\"3\"");
        assertThat(us.published())
                .filteredOn(one -> one.row().id().key().text().equals(id))
                .extracting(one -> one.row().version().number())
                .endsWith(2L, 3L);
    }

    @Test
    void aWriteToTheAliasOfADeletedEntityBringsTheEntityBack() {
        UUID alias = us.provisionalAccount(number);
        us.send("PATCH", byNumber, account("Contoso"));
        String id = json(us.get(byNumber)).get("accountId").textValue();
        us.send("DELETE", "accounts(" + id + ")", "");
        String body = account("back").replace("{", "{\"accountNumber\": \"" + number + "\", ");
        HttpResponse<String> answer = us.send("PATCH", "accounts(" + alias + ")", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.headers().firstValue("OData-EntityId"))
                .contains(us.url("accounts(" + id + ")"));
        assertThat(json(us.get("accounts(" + id + ")")).get("name").textValue()).isEqualTo("back");
    }

    @Test
    void aLinkIsReadSetAndTakenAway() {
        us.send("PATCH", byNumber, account("parent"));
        String id = json(us.get(byNumber)).get("accountId").textValue();
        String child = "accounts(" + UUID.randomUUID() + ")";
        us.send(
                "PATCH",
                child,
                account("child").replace("{", "{\"accountNumber\":\"c-" + number + "\","));
        String link = child + "/parentAccount/$ref";

        assertThat(us.get(link).statusCode()).isEqualTo(204);
        assertThat(us.get(child + "/parentAccount").statusCode()).isEqualTo(204);
        String body = "{\"@odata.id\": \"%s\"}".formatted(us.url(byNumber));
        assertThat(us.send("PUT", link, body).statusCode()).isEqualTo(204);
        assertThat(json(us.get(link)).get("@odata.id").textValue())
                .isEqualTo(us.url("accounts(" + id + ")"));
        assertThat(json(us.get(child + "/parentAccount?$select=name")).get("name").textValue())
                .isEqualTo("parent");
        assertThat(us.send("DELETE", link, "").statusCode()).isEqualTo(204);
        assertThat(us.get(link).statusCode()).isEqualTo(204);
        assertError(us.send("PUT", link, "{}"), 400, "BadRequest");
        assertError(
                us.send("PUT", link, "{\"@odata.id\": \"contacts(1)\"}"), 400, "InvalidReference");
        assertError(us.send("POST", link, body), 405, "MethodNotAllowed");
        assertError(
                us.send("PUT", "accounts(" + UUID.randomUUID() + ")/parentAccount/$ref", body),
                404,
                "NotFound");
    }

    @Test
    void aFieldIsReadWrittenAndTakenAwayByItself() {
        us.send("PATCH", byNumber, account("Contoso"));

        JsonNode name = json(us.get(byNumber + "/name"));
        assertThat(name.get("value").textValue()).isEqualTo("Contoso");
        assertThat(name.get("@odata.context").textValue())
                .startsWith(us.url("$metadata#accounts("))
                .endsWith(")/name");
        HttpResponse<String> raw = us.get(byNumber + "/name/$value");
        assertThat(raw.body()).isEqualTo("Contoso");
        assertThat(raw.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(us.get(byNumber + "/city").statusCode()).isEqualTo(204);
        assertThat(us.send("PUT", byNumber + "/city", "{\"value\": \"Bern\"}").statusCode())
                .isEqualTo(204);
        assertThat(us.get(byNumber + "/city/$value").body()).isEqualTo("Bern");
        assertThat(us.send("DELETE", byNumber + "/city", "").statusCode()).isEqualTo(204);
        assertThat(us.get(byNumber + "/city/$value").statusCode()).isEqualTo(204);
        assertError(us.send("DELETE", byNumber + "/name", ""), 400, "MissingField");
        assertError(us.send("PUT", byNumber + "/name", "{\"value\": 5}"), 400, "InvalidField");
        assertError(us.send("PATCH", byNumber + "/name", "{}"), 405, "MethodNotAllowed");
    }

    @Test
    void manyUpsertsOfOneAlternateKeyAtOnceMakeOneEntityAndLoseNone() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(
                        threads.submit(
                                () -> us.send("PATCH", byNumber, account("Contoso")).statusCode()));
            }
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
        }

        assertThat(statuses).containsOnly(204);
        assertThat(
                        json(us.get("accounts?$filter=accountNumber%20eq%20'" + number + "'"))
                                .get("value"))
                .hasSize(1);
        assertThat(json(us.get(byNumber)).get("@odata.etag").textValue()).isEqualTo("W/\"40\"");
    }

    private static String encoded(String path) {
        return path.replace(" ", "%20");
    }

    private static String account(String name) {
        return "{\"name\": \"%s\", \"createdOn\": \"2026-11-21T08:00:00Z\"}".formatted(name);
    }

    private static String ticket(String account) {
        return """
        {"title": "Printer", "priority": "LOW", "status": "OPEN", "account@odata.bind": "%s",
         "openedOn": "2026-11-21T08:00:00Z"}
        """
                .formatted(account);
    }
}
