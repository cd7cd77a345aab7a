package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static dev.understudy.instance.web.TicketBatches.body;
import static dev.understudy.instance.web.TicketBatches.change;
import static dev.understudy.instance.web.TicketBatches.changeSet;
import static dev.understudy.instance.web.TicketBatches.part;
import static dev.understudy.instance.web.TicketBatches.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.sandbox.PostgresServer;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches and change sets, as OData documents them. */
@Timeout(120)
final class BatchIT {
    private final TicketBatches batches = TicketBatches.ofOneTest();
    private final InstanceServer europe = batches.europe();
    private final String run = batches.run();

    @Test
    void requestsOfABatchAreAnsweredInTheirOrder() {
        UUID ticket = UUID.randomUUID();
        HttpResponse<String> answer =
                batches.batch(
                        part("PATCH tickets(" + ticket + ") HTTP/1.1", batches.ticket("1")),
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

        assertThat(statuses(batches.batch(parts))).containsExactly("400");
        assertThat(statuses(batches.send(body(parts), "Prefer", "odata.continue-on-error")))
                .containsExactly("400", "200");
    }

    @Test
    void aChangeSetIsDoneAsAWholeAndItsRequestsReferToEachOther() {
        UUID ticket = UUID.randomUUID();
        String contact = "/contacts(" + UUID.randomUUID() + ")";
        HttpResponse<String> answer =
                batches.batch(
                        changeSet(
                                change("1", "POST tickets HTTP/1.1", batches.ticket("a")),
                                change(
                                        "2",
                                        "PATCH tickets(" + ticket + ") HTTP/1.1",
                                        batches.ticket("b")),
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

            assertThat(statuses(TicketBatches.send(us, changes))).containsExactly("204", "204");
            // Also where it is there already.
            assertThat(statuses(TicketBatches.send(us, changes))).containsExactly("204", "204");
            assertThat(json(us.get("accounts(" + child + ")/parentAccount")).get("accountNumber"))
                    .hasToString("\"A 1\"");
        }
    }

    @Test
    void aChangeSetOfWhichOneFailsChangesNothing() {
        UUID ticket = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        String first =
                batches.ticket("x").replace(batches.account().toString(), account.toString());
        int published = europe.published().size();
        HttpResponse<String> answer =
                batches.batch(
                        changeSet(
                                change("1", "PATCH tickets(" + ticket + ") HTTP/1.1", first),
                                change("2", "POST tickets HTTP/1.1", batches.ticket("x"))));

        assertThat(statuses(answer)).containsExactly("409");
        assertThat(answer.body()).contains("\"AlreadyExists\"", "change 2");
        assertError(europe.get("tickets(" + ticket + ")"), 404, "NotFound");
        assertError(europe.get("accounts(" + account + ")"), 404, "NotFound");
        assertThat(europe.get("tickets/$count?$filter=ticketNumber%20eq%20'" + run + "-x'").body())
                .isEqualTo("0");
        assertThat(europe.published().size()).isGreaterThanOrEqualTo(published);
    }
}
