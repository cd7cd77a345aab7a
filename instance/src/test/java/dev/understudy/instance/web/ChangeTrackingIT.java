package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Change tracking, as Dataverse documents it. */
@Timeout(120)
final class ChangeTrackingIT {
    private final Database database = PostgresServer.shared().freshDatabase();
    private InstanceServer us;

    @BeforeEach
    void start() {
        us = InstanceServer.start(database, "us", "us.contoso.crm.Account,us.contoso.crm.Contact");
    }

    @AfterEach
    void stop() {
        us.close();
    }

    @Test
    void aDeltaTellsWhatWasWrittenAndDeletedSince() {
        String kept = create("kept");
        String changed = create("changed");
        String deleted = create("deleted");
        JsonNode all = track("accounts?$select=name", 2);
        assertThat(ids(all)).containsExactlyInAnyOrder(kept, changed, deleted);

        us.send("PATCH", "accounts(" + changed + ")", "{\"name\": \"new\"}");
        us.send("DELETE", "accounts(" + deleted + ")", "");
        String created = create("created");
        JsonNode delta = follow(all, 2);

        assertThat(ids(delta)).containsExactlyInAnyOrder(changed, created);
        assertThat(delta.get("value").findValuesAsText("name")).contains("new", "created");
        assertThat(delta.get("value").findValuesAsText("id")).containsExactly(deleted);
        assertThat(delta.get("value").findValuesAsText("reason")).containsExactly("deleted");
        assertThat(delta.get("@odata.context").textValue()).endsWith("#accounts(name)/$delta");
        assertThat(follow(delta, 10).get("value")).isEmpty();
    }

    @Test
    void aTransactionThatWasRunningAtTheMarkIsToldLater() throws Exception {
        String early = create("early");
        JsonNode all;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE contoso_crm.account SET city = 'late'");
            create("meanwhile");
            all = track("accounts", 10);
            connection.commit();
        }

        JsonNode delta = follow(all, 10);

        assertThat(ids(delta)).contains(early);
        assertThat(delta.get("value").findValuesAsText("city")).contains("late");
    }

    @Test
    void followedWhileManyWriteNoChangeIsMissed() throws Exception {
        JsonNode state = track("accounts", 7);
        Set<String> seen = new HashSet<>(ids(state));
        List<Future<String>> written = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 120; i++) {
                int number = i;
                written.add(threads.submit(() -> create("many" + number)));
                if (i % 10 == 0) {
                    state = follow(state, 7);
                    seen.addAll(ids(state));
                }
            }
        }
        seen.addAll(ids(follow(state, 7)));

        for (Future<String> one : written) {
            assertThat(seen).contains(one.get());
        }
    }

    @Test
    void afterAPurgeTheTokenIsTooOld() throws Exception {
        JsonNode all = track("accounts", 10);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO understudy.version_floor (type, version, raised_at)
                    VALUES ('contoso.crm.Account', 5, now())
                    """);
        }

        assertError(us.get(delta(all)), 410, "DeltaTooOld");
        assertThat(us.get(delta(track("accounts", 10))).statusCode()).isEqualTo(200);
        assertThat(us.get(delta(track("contacts", 10))).statusCode()).isEqualTo(200);
    }

    @Test
    void whatCannotBeTrackedIsRefused() {
        JsonNode all = track("accounts", 10);

        assertError(
                us.get("accounts?$filter=name%20eq%20'x'", "Prefer", "odata.track-changes"),
                501,
                "NotImplemented");
        assertError(us.get(delta(all).replace("accounts", "contacts")), 400, "InvalidQuery");
        assertError(us.get(delta(all) + "A"), 400, "InvalidQuery");
    }

    private String create(String name) {
        String id = UUID.randomUUID().toString();
        String body =
                "{\"accountNumber\": \"%s\", \"name\": \"%s\", \"createdOn\": \"2026-11-21T08:00:00Z\"}"
                        .formatted(id, name);
        assertThat(us.send("PATCH", "accounts(" + id + ")", body).statusCode()).isEqualTo(204);
        return id;
    }

    /** All pages in one, with the last one's link. */
    private JsonNode track(String path, int size) {
        return pages(path, size);
    }

    private JsonNode follow(JsonNode state, int size) {
        return pages(delta(state), size);
    }

    private JsonNode pages(String first, int size) {
        JsonNode page =
                json(us.get(first, "Prefer", "odata.track-changes,odata.maxpagesize=" + size));
        JsonNode last = page;
        while (last.has("@odata.nextLink")) {
            last =
                    json(
                            us.get(
                                    path(last, "@odata.nextLink"),
                                    "Prefer",
                                    "odata.maxpagesize=" + size));
            ((com.fasterxml.jackson.databind.node.ArrayNode) page.get("value"))
                    .addAll((com.fasterxml.jackson.databind.node.ArrayNode) last.get("value"));
        }
        assertThat(last.has("@odata.deltaLink")).as(last.toString()).isTrue();
        ((com.fasterxml.jackson.databind.node.ObjectNode) page)
                .put("@odata.deltaLink", last.get("@odata.deltaLink").textValue());
        return page;
    }

    private String delta(JsonNode page) {
        return path(page, "@odata.deltaLink");
    }

    private String path(JsonNode page, String link) {
        return page.get(link).textValue().substring(us.url("").length());
    }

    private static List<String> ids(JsonNode page) {
        return page.get("value").findValuesAsText("accountId");
    }
}
