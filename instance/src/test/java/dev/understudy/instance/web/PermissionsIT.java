package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.sandbox.AccessToken;
import dev.understudy.sandbox.PostgresServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens allow, of which types, in every way that the Web API names entities. */
@Timeout(120)
final class PermissionsIT {
    private static final String KEY = AccessToken.newKey();
    private static final String READS_TICKETS = "read:contoso.crm.Ticket";
    private static final String WRITES_TICKETS = "write:contoso.crm.Ticket";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID TICKET = UUID.randomUUID();
    private static InstanceServer europe;

    @BeforeAll
    static void start() {
        europe =
                InstanceServer.start(
                        PostgresServer.shared().freshDatabase(),
                        "europe",
                        String.join(",", Contoso.ENTRIES),
                        "understudy.security.key=" + KEY);
        europe.replicate(Replicated.account(ACCOUNT, 1));
        assertThat(send("PATCH", "tickets(" + TICKET + ")", ticket(), WRITES_TICKETS).statusCode())
                .isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        europe.close();
    }

    @Test
    void withoutATokenThereIsOnlyHealth() {
        HttpResponse<String> refused = europe.get("tickets");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused).path("error").path("code").asText()).isEqualTo("Unauthenticated");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(europe.health().statusCode()).isNotEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tickets",
                "tickets?$filter=accountId ne null&$orderby=title&$select=title,account",
                "tickets/$count",
                "tickets(%s)",
                "tickets(%s)/title",
                "tickets(%s)/title/$value",
                "tickets(%s)/account/$ref",
                "tickets?$apply=groupby((status))",
                "$metadata"
            })
    void whatIsGrantedOfATypeCanBeRead(String path) {
        assertThat(get(path, READS_TICKETS).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accounts",
                "accounts/$count",
                "accounts(accountNumber='A-1')",
                "tickets(%s)/account",
                "tickets(%s)?$expand=account",
                "tickets?$expand=contact,account($select=name)",
                "tickets?$filter=startswith(account/name,'C')",
                "tickets?$orderby=account/name",
                "tickets?$apply=groupby((account/name),aggregate($count as n))",
                "tickets/$count?$filter=account/name eq 'x'",
                "tickets?$filter=account/@understudy.state eq 'placeholder'"
            })
    void otherTypesCannotBeLookedAtByAnyWay(String path) {
        assertError(get(path, READS_TICKETS), 403, "Forbidden");
        assertThat(get(path, "read").statusCode()).isIn(200, 404);
    }

    @Test
    void toWriteIsARoleOfItsOwn() {
        String path = "tickets(" + UUID.randomUUID() + ")";

        assertError(send("PATCH", path, ticket(), "read"), 403, "Forbidden");
        assertError(send("DELETE", path, "", "read"), 403, "Forbidden");
        assertError(send("POST", "tickets", ticket(), "read"), 403, "Forbidden");
        for (String part : List.of("/title", "/account/$ref")) {
            String whole = "tickets(" + TICKET + ")" + part;
            String body = "{\"value\":\"x\",\"@odata.id\":\"/accounts(%s)\"}".formatted(ACCOUNT);
            for (String roles : List.of("read", "write:contoso.crm.Account")) {
                assertError(send("PUT", whole, body, roles), 403, "Forbidden");
                assertError(send("DELETE", whole, "", roles), 403, "Forbidden");
            }
        }
        assertError(
                send("POST", "tickets/UpsertMultiple", "{\"Targets\":[{}]}", "read"),
                403,
                "Forbidden");
        assertThat(get(path, "read").statusCode()).isEqualTo(404);
    }

    @Test
    void whoMayNotReadIsNotShownWhatWasWritten() {
        String path = "tickets(" + UUID.randomUUID() + ")";
        String preference = "return=representation";

        assertError(
                send("PATCH", path, ticket(), WRITES_TICKETS, "Prefer", preference),
                403,
                "Forbidden");
        assertThat(get(path, "read").statusCode()).isEqualTo(404);
        assertThat(send("PATCH", path, ticket(), "read write", "Prefer", preference).statusCode())
                .isEqualTo(201);
    }

    @Test
    void whoMayNotWriteAReplicaIsNotToldWhoOwnsIt() {
        HttpResponse<String> refused = send("PATCH", "accounts(" + ACCOUNT + ")", "{}", "read");

        assertError(refused, 403, "Forbidden");
        assertThat(refused.body()).doesNotContain("'us'");
    }

    @Test
    void aTokenOfTypesThatAreNotHereIsToldNothing() {
        for (String path : List.of("", "$metadata", "$openapi")) {
            assertThat(get(path, "read:contoso.crm.Lead").statusCode()).as(path).isEqualTo(403);
            assertThat(get(path, WRITES_TICKETS).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void theDescriptionSaysThatATokenIsNeeded() {
        assertThat(json(get("$openapi", "read")).at("/components/securitySchemes/bearer/scheme"))
                .hasToString("\"bearer\"");
    }

    @Test
    void referrersOfOtherTypesAreNotShown() {
        UUID unknown = UUID.randomUUID();
        send("PATCH", "tickets(" + UUID.randomUUID() + ")", ticket(unknown), WRITES_TICKETS);
        europe.isUnknown(europe.type("contoso.crm.Account"), unknown);
        String orphans = "../../../admin/orphans/contoso.crm.Account";

        assertThat(get(orphans, "administer").body())
                .contains(unknown.toString(), "contoso.crm.Ticket");
        assertThat(get(orphans, "administer:contoso.crm.Account").body())
                .contains(unknown.toString())
                .doesNotContain("contoso.crm.Ticket");
    }

    @Test
    void onlyGrantedTypesAreOfferedForComparison() {
        assertThat(
                        json(get("../../../admin/digest", "replicate:contoso.crm.Ticket"))
                                .path("types")
                                .findValuesAsText("type"))
                .containsExactly("contoso.crm.Ticket");
    }

    @Test
    void aReplicaIsReadOnlyWhateverTheToken() {
        HttpResponse<String> refused =
                send(
                        "PATCH",
                        "accounts(" + ACCOUNT + ")",
                        "{\"name\":\"x\"}",
                        "read write administer");

        assertError(refused, 405, "OwnedElsewhere");
        assertThat(refused.body()).contains("'us'");
    }

    @Test
    void partsOfABatchAreCheckedEachByItself() {
        String body =
                part("GET tickets?$top=1 HTTP/1.1", "")
                        + part("GET accounts HTTP/1.1", "")
                        + part("PATCH tickets(" + UUID.randomUUID() + ") HTTP/1.1", ticket())
                        + changeSet("PATCH tickets(" + UUID.randomUUID() + ") HTTP/1.1", ticket())
                        + "--b--\r\n";
        HttpResponse<String> answer =
                europe.send(
                        HttpRequest.newBuilder(URI.create(europe.url("$batch")))
                                .header("Authorization", "Bearer " + token(READS_TICKETS))
                                .header("Content-Type", "multipart/mixed;boundary=b")
                                .header("Prefer", "odata.continue-on-error")
                                .POST(BodyPublishers.ofString(body))
                                .build());

        assertThat(STATUS.matcher(answer.body()).results().map(one -> one.group(1)))
                .as(answer.body())
                .containsExactly("200", "403", "403", "403");
    }

    @Test
    void theAdministrationOfOneTypeIsNotThatOfAnother() {
        String orphans = "../../../admin/orphans";
        String describe = "../../../admin/digest/describe";
        String tickets = "{\"type\":\"contoso.crm.Ticket\"}";

        assertThat(
                        get(orphans + "/contoso.crm.Account", "administer:contoso.crm.Account")
                                .statusCode())
                .isEqualTo(200);
        assertThat(
                        get(orphans + "/contoso.crm.Contact", "administer:contoso.crm.Account")
                                .statusCode())
                .isEqualTo(403);
        assertThat(get(orphans, "administer:contoso.crm.Account").statusCode()).isEqualTo(403);
        assertThat(send("POST", describe, tickets, "replicate:contoso.crm.Ticket").statusCode())
                .isEqualTo(200);
        assertThat(send("POST", describe, tickets, "replicate:contoso.crm.Account").statusCode())
                .isEqualTo(403);
        assertThat(send("POST", describe, tickets, "read write").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> get(String path, String roles) {
        return send("GET", path.replace("%s", TICKET.toString()).replace(" ", "%20"), "", roles);
    }

    private static HttpResponse<String> send(
            String method, String path, String body, String roles, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(europe.url(path)).normalize())
                        .header("Authorization", "Bearer " + token(roles))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return europe.send(request.build());
    }

    private static String token(String roles) {
        return AccessToken.of(KEY, List.of(roles.split(" ")), Instant.now().plusSeconds(600));
    }

    private static String ticket() {
        return ticket(ACCOUNT);
    }

    private static String ticket(UUID account) {
        return """
        {"ticketNumber": "T-%s", "title": "Printer", "priority": "LOW", "status": "OPEN",
         "openedOn": "2026-11-21T09:00:00Z", "account@odata.bind": "/accounts(%s)"}\
        """
                .formatted(UUID.randomUUID(), account);
    }

    private static String part(String line, String body) {
        return "--b\r\nContent-Type: application/http\r\n\r\n%s\r\nContent-Type: application/json\r\n\r\n%s\r\n"
                .formatted(line, body);
    }

    private static String changeSet(String line, String body) {
        return "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n"
                + part(line, body).replace("--b", "--c")
                + "--c--\r\n";
    }
}
