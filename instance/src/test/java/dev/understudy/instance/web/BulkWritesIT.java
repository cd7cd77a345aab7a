package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static dev.understudy.instance.web.TicketBatches.targets;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Actions on many entities at once, as Dataverse documents them. */
@Timeout(120)
final class BulkWritesIT {
    private final TicketBatches batches = TicketBatches.ofOneTest();
    private final InstanceServer europe = batches.europe();
    private final String run = batches.run();

    @Test
    void manyAreCreatedChangedAndUpsertedAtOnce() {
        HttpResponse<String> created =
                europe.send(
                        "POST",
                        "tickets/Microsoft.Dynamics.CRM.CreateMultiple",
                        targets(batches.ticket("m1"), batches.ticket("m2"), batches.ticket("m3")));
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
                                batches.ticket("m4")
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
                        targets(batches.ticket("r1"), batches.ticket("r2"), batches.ticket("r1")));

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
}
