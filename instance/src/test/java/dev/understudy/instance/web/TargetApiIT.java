package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.instance.Contoso;
import dev.understudy.instance.RecordedPublication;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a target instance does with references to entities that it only holds replicas of. */
@Timeout(120)
final class TargetApiIT {
    private static InstanceServer lenient;
    private static InstanceServer strict;

    @BeforeAll
    static void start() {
        Database database = PostgresServer.shared().freshDatabase();
        String catalog = String.join(",", Contoso.ENTRIES);
        lenient = InstanceServer.start(database, "europe", catalog);
        strict = InstanceServer.start(database, "europe", catalog, "understudy.on-missing=reject");
    }

    @AfterAll
    static void stop() {
        strict.close();
        lenient.close();
    }

    @Test
    void aPlaceholderStandsInForAMissingAccount() {
        UUID account = UUID.randomUUID();
        UUID ticket = submit(lenient, account, 204);

        JsonNode read = json(lenient.get("tickets(" + ticket + ")"));
        assertThat(read.get("accountId").textValue()).isEqualTo(account.toString());
        assertThat(read.get("account@understudy.state").textValue()).isEqualTo("placeholder");
        assertThat(read.has("contact@understudy.state")).isFalse();
        JsonNode placeholder = json(lenient.get("accounts(" + account + ")"));
        assertThat(placeholder.fieldNames())
                .toIterable()
                .containsExactly(
                        "@odata.context",
                        "@odata.etag",
                        "@understudy.state",
                        "@understudy.placedOn",
                        "accountId");
        assertThat(placeholder.get("@understudy.state").textValue()).isEqualTo("placeholder");
    }

    @Test
    void aPlaceholderTellsSinceWhenItWaitsUntilItIsHydrated() {
        UUID account = UUID.randomUUID();
        Instant before = Instant.now().minusSeconds(1);
        UUID ticket = submit(lenient, account, 204);
        submit(lenient, account, 204);

        JsonNode read = json(lenient.get("tickets(" + ticket + ")"));
        JsonNode placeholder = json(lenient.get("accounts(" + account + ")"));
        Instant placed = Instant.parse(placeholder.get("@understudy.placedOn").textValue());
        assertThat(placed).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(read.get("account@understudy.placedOn"))
                .isEqualTo(placeholder.get("@understudy.placedOn"));
        assertThat(read.has("@understudy.placedOn")).isFalse();

        lenient.replicate(Replicated.account(account, 1));
        assertThat(json(lenient.get("tickets(" + ticket + ")")).has("account@understudy.placedOn"))
                .isFalse();
        assertThat(json(lenient.get("accounts(" + account + ")")).has("@understudy.placedOn"))
                .isFalse();
    }

    @Test
    void aPlaceholderIsHydratedByItsEvent() {
        UUID account = UUID.randomUUID();
        UUID ticket = submit(lenient, account, 204);

        lenient.replicate(Replicated.account(account, 4));

        assertThat(stateOfAccount(ticket)).isEqualTo("hydrated");
        assertThat(json(lenient.get("accounts(" + account + ")")).get("@odata.etag").textValue())
                .isEqualTo("W/\"4\"");
    }

    @Test
    void aTicketOfAProvisionalKeyComesToReferToTheAccount() {
        UUID account = UUID.randomUUID();
        UUID provisional = lenient.provisionalAccount("A-" + account);
        UUID ticket = submit(lenient, provisional, 204);
        assertThat(stateOfAccount(ticket)).isEqualTo("placeholder");

        lenient.replicate(Replicated.account(account, 1));

        assertThat(stateOfAccount(ticket)).isEqualTo("hydrated");
        assertThat(accountId(lenient.get("accounts(" + provisional + ")")))
                .isEqualTo(account.toString());
        UUID late = submit(lenient, provisional, 204);
        assertThat(accountId(lenient.get("tickets(" + late + ")"))).isEqualTo(account.toString());
        InstanceServer.await(
                "the ticket refers to the account",
                () -> accountId(lenient.get("tickets(" + ticket + ")")).equals(account.toString()));
    }

    private static String accountId(HttpResponse<String> answer) {
        return json(answer).get("accountId").textValue();
    }

    @Test
    void theKindOfReferenceIsToldOnPagesToo() {
        UUID account = UUID.randomUUID();
        UUID ticket = submit(lenient, account, 204);

        JsonNode value =
                json(lenient.get("tickets", "Prefer", "odata.maxpagesize=5000")).get("value");

        assertThat(value)
                .anySatisfy(one -> {
                    assertThat(one.get("ticketId").textValue()).isEqualTo(ticket.toString());
                    assertThat(one.get("account@understudy.state").textValue())
                            .isEqualTo("placeholder");
                });
    }

    @Test
    void aDeletedAccountTakesNoNewTicketsAndKeepsItsOldOnes() {
        UUID account = UUID.randomUUID();
        lenient.replicate(Replicated.account(account, 1));
        UUID ticket = submit(lenient, account, 204);
        lenient.replicate(Replicated.deletedAccount(account, 2));

        assertError(
                lenient.send("POST", "tickets", ticket(UUID.randomUUID(), account)),
                422,
                "DeletedReference");
        assertThat(
                        lenient.send("PATCH", "tickets(" + ticket + ")", "{\"title\": \"b\"}")
                                .statusCode())
                .isEqualTo(204);
        assertThat(stateOfAccount(ticket)).isEqualTo("deleted");
        assertError(lenient.get("accounts(" + account + ")"), 404, "NotFound");
    }

    @Test
    void thePolicyRejectRefusesAndLeavesNothing() {
        UUID account = UUID.randomUUID();
        UUID ticket = UUID.randomUUID();

        HttpResponse<String> refused = strict.send("POST", "tickets", ticket(ticket, account));

        assertError(refused, 422, "MissingReference");
        assertThat(refused.body()).contains("accountId", "contoso.crm.Account", account.toString());
        assertError(strict.get("tickets(" + ticket + ")"), 404, "NotFound");
        assertError(strict.get("accounts(" + account + ")"), 404, "NotFound");
    }

    @Test
    void thePolicyRejectAcceptsWhatHasArrived() {
        UUID account = UUID.randomUUID();
        strict.replicate(Replicated.account(account, 1));

        submit(strict, account, 204);
    }

    @Test
    void aReferenceIsBoundAndDisassociated() {
        UUID ticket = submit(lenient, UUID.randomUUID(), 204);
        String path = "tickets(" + ticket + ")";
        String contact = "/contacts(" + UUID.randomUUID() + ")";

        lenient.send("PATCH", path, "{\"contact@odata.bind\": \"%s\"}".formatted(contact));
        assertThat(json(lenient.get(path)).get("contact@understudy.state").textValue())
                .isEqualTo("placeholder");
        lenient.send("PATCH", path, "{\"contact@odata.bind\": null}");
        assertThat(json(lenient.get(path)).get("contactId").isNull()).isTrue();
        assertError(
                lenient.send("PATCH", path, "{\"account@odata.bind\": null}"), 400, "MissingField");
    }

    @Test
    void theTraceContextIsPublished() {
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        UUID ticket = UUID.randomUUID();

        lenient.send(
                "POST", "tickets", ticket(ticket, UUID.randomUUID()), "traceparent", traceparent);

        assertThat(lenient.published())
                .filteredOn(one -> one.row().id().key().text().equals(ticket.toString()))
                .extracting(RecordedPublication.Published::traceparent)
                .containsExactly(Optional.of(traceparent));
    }

    private static String stateOfAccount(UUID ticket) {
        return json(lenient.get("tickets(" + ticket + ")"))
                .get("account@understudy.state")
                .textValue();
    }

    private static UUID submit(InstanceServer instance, UUID account, int status) {
        UUID ticket = UUID.randomUUID();
        HttpResponse<String> answer = instance.send("POST", "tickets", ticket(ticket, account));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return ticket;
    }

    static String ticket(UUID ticket, UUID account) {
        return """
        {"ticketId": "%s", "ticketNumber": "T-%1$s", "title": "a", "priority": "HIGH",
         "status": "OPEN", "account@odata.bind": "/accounts(%s)",
         "openedOn": "2026-11-21T08:00:00Z"}
        """
                .formatted(ticket, account);
    }

    @Test
    void aPlaceholderHasTheNameThatItsFirstReferrerGivesUntilItIsHydrated() {
        UUID account = UUID.randomUUID();
        UUID ticket = named("accountId", "\"" + account + "\"", "Contoso Ltd");
        UUID later = named("account@odata.bind", "\"/accounts(%s)\"".formatted(account), "x");
        String name = "account@understudy.name";

        assertThat(json(lenient.get("tickets(" + ticket + ")")).path(name).asText())
                .isEqualTo("Contoso Ltd");
        assertThat(json(lenient.get("tickets(" + later + ")")).path(name).asText())
                .isEqualTo("Contoso Ltd");
        assertThat(json(lenient.get("accounts(" + account + ")")).path("@understudy.name").asText())
                .isEqualTo("Contoso Ltd");
        assertThat(lenient.sweepAccountNames()).isZero();

        lenient.replicate(Replicated.account(account, 1));
        assertThat(json(lenient.get("tickets(" + ticket + ")")).has(name)).isFalse();
        assertThat(json(lenient.get("accounts(" + account + ")")).has("@understudy.name"))
                .isFalse();
        assertThat(lenient.sweepAccountNames()).isEqualTo(1);
        assertError(
                lenient.send(
                        "PATCH",
                        "tickets(" + ticket + ")",
                        "{\"accountId\": \"%s\", \"%s\": 7}".formatted(account, name)),
                400,
                "InvalidField");
    }

    private static UUID named(String reference, String value, String name) {
        UUID ticket = UUID.randomUUID();
        String body =
                """
                {"ticketNumber": "T-%s", "title": "x", "priority": "LOW", "status": "OPEN",
                 "openedOn": "2026-11-21T09:00:00Z", "%s": %s, "account@understudy.name": "%s"}\
                """
                        .formatted(ticket, reference, value, name);
        assertThat(lenient.send("PATCH", "tickets(" + ticket + ")", body).statusCode())
                .isEqualTo(204);
        return ticket;
    }
}
