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
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch may not hold, and how much it may ask for. */
@Timeout(120)
final class BatchLimitsIT {
    private final TicketBatches batches = TicketBatches.ofOneTest();
    private final InstanceServer europe = batches.europe();
    private final String run = batches.run();

    @Test
    void aReadInAChangeSetIsRefused() {
        HttpResponse<String> answer =
                batches.batch(changeSet(change("1", "GET tickets HTTP/1.1", "")));

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
        HttpResponse<String> answer = batches.send(body);

        if (answer.statusCode() == 200) {
            assertThat(statuses(answer)).containsExactly("400");
        } else {
            assertError(answer, 400, "InvalidBatch");
        }
    }

    @Test
    void aBatchHasALimit() {
        String[] parts = new String[51];
        Arrays.fill(parts, part("GET tickets HTTP/1.1", ""));

        assertError(batches.batch(parts), 413, "BatchTooLarge");
        assertError(batches.send(String.join("", parts)), 413, "BatchTooLarge");
        assertError(
                europe.send("POST", "$batch", "{\"requests\": []}"), 415, "UnsupportedMediaType");
    }

    @Test
    void nothingIsDoneOfABatchThatIsMalformedOrTooLargeFurtherOn() {
        UUID ticket = UUID.randomUUID();
        String first = part("PATCH tickets(" + ticket + ") HTTP/1.1", batches.ticket("n"));
        String[] changes = new String[50];
        Arrays.fill(changes, change("1", "POST tickets HTTP/1.1", batches.ticket("n")));

        assertError(
                batches.batch(first, changeSet().replace("--c--", "no boundary")),
                400,
                "InvalidBatch");
        assertError(batches.batch(first, changeSet(changes)), 413, "BatchTooLarge");
        assertError(europe.get("tickets(" + ticket + ")"), 404, "NotFound");
    }

    @Test
    void nothingMoreOfABatchIsDoneWhenItsAnswersAreLarge() {
        String ticket = "tickets(" + UUID.randomUUID() + ")";
        String large =
                batches.ticket("l")
                        .replace("{", "{\"description\": \"" + "x".repeat(15_000) + "\", ");
        String read = part("GET " + ticket + " HTTP/1.1", "");
        String represented = "PATCH " + ticket + " HTTP/1.1\r\nPrefer: return=representation";
        String write =
                part("PATCH tickets(" + UUID.randomUUID() + ") HTTP/1.1", batches.ticket("m"));
        String[] parts = {part("PATCH " + ticket + " HTTP/1.1", large), read, read, write, read};

        assertThat(statuses(batches.batch(parts))).containsExactly("204", "200", "200", "413");
        assertThat(statuses(batches.send(body(parts), "Prefer", "odata.continue-on-error")))
                .containsExactly("204", "200", "200", "413", "413");
        assertThat(europe.get("tickets(ticketNumber='" + run + "-m')").statusCode()).isEqualTo(404);
        assertThat(
                        statuses(
                                batches.batch(
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
                        part("PATCH " + ticket + " HTTP/1.1", batches.ticket("s")));
        try (InstanceServer hasty =
                        InstanceServer.start(
                                batches.database(),
                                "europe",
                                String.join(",", Contoso.ENTRIES),
                                "understudy.web.query-timeout-ms=2200",
                                "understudy.web.batch-timeout-ms=2000");
                Connection connection = batches.database().connect();
                Statement statement = connection.createStatement()) {
            hasty.awaitHealth(200);
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE contoso_crm.contact IN ACCESS EXCLUSIVE MODE");
            HttpResponse<String> answer =
                    TicketBatches.send(hasty, body, "Prefer", "odata.continue-on-error");
            connection.rollback();

            assertThat(statuses(answer)).as(answer.body()).containsExactly("429", "429");
            assertThat(answer.body()).contains("\"QueryTooSlow\"", "\"BatchTooSlow\"");
        }
        assertThat(europe.get(ticket).statusCode()).isEqualTo(404);
    }

    @Test
    void aLargeExponentInAChangeSetIsRefusedAsAnywhere() {
        HttpResponse<String> answer =
                batches.batch(
                        changeSet(
                                change(
                                        "1",
                                        "PATCH tickets(" + UUID.randomUUID() + ") HTTP/1.1",
                                        batches.ticket("e")),
                                change("2", "PATCH $1 HTTP/1.1", "{\"title\": 1e99999}")));

        assertThat(statuses(answer)).containsExactly("400");
        assertThat(answer.body()).contains("\"InvalidField\"", "change 2");
    }
}
