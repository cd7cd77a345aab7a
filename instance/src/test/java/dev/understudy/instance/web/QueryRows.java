package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Few rows that one can see through, at an owner that the tests of queries share. */
record QueryRows(Database database, InstanceServer us) {
    private static final String MISSING = "accounts(00000000-0000-0000-0000-0000000000ff)";

    /** The same for all tests of this JVM, which leave nothing behind. */
    static QueryRows shared() {
        return Shared.ROWS;
    }

    private static QueryRows start() {
        Database database = PostgresServer.shared().freshDatabase();
        InstanceServer us =
                InstanceServer.start(
                        database,
                        "us",
                        "us.contoso.crm.Account,us.contoso.crm.Contact,us.contoso.crm.Ticket",
                        "understudy.web.page-size=20",
                        "understudy.web.max-page-size=50",
                        "understudy.web.max-filter-depth=10",
                        "understudy.web.max-expands=3",
                        "understudy.web.max-url-bytes=4096",
                        "understudy.web.query-timeout-ms=2000");
        QueryRows rows = new QueryRows(database, us);
        rows.account(
                "a1", "Alpine Ski House", "Zermatt", "CH", "12", "1000.50", "2026-01-31T23:30:00Z");
        rows.account("a2", "Blue Yonder", null, "US", "500", "null", "2026-02-01T00:00:00Z");
        rows.account(
                "a3", "O'Neil & Sons", "Cork", "IE", "null", "99.99", "2025-12-31T12:15:30.5Z");
        rows.account("a4", "contoso 100%", "Köln", "DE", "12", "1000.50", "2026-03-15T08:00:00Z");
        rows.account("a5", "Fabrikam", "Zermatt", null, "-3", "null", "2024-02-29T10:00:00Z");
        rows.patch("accounts(" + id("a2") + ")", "{\"creditOnHold\": true}");
        rows.patch("accounts(" + id("a4") + ")", parent("a1"));
        rows.patch("accounts(" + id("a5") + ")", parent("a1"));
        rows.patch(
                "contacts(" + id("c1") + ")",
                """
                {"firstName": "Ada", "lastName": "Byron", "birthDate": "1815-12-10",
                 "account@odata.bind": "/accounts(%s)", "createdOn": "2026-01-01T00:00:00Z"}
                """
                        .formatted(id("a1")));
        rows.ticket("f1", "HIGH", "/accounts(" + id("a1") + ")", "/contacts(" + id("c1") + ")");
        rows.ticket("f2", "LOW", "/accounts(" + id("a2") + ")", null);
        rows.ticket("f3", "CRITICAL", "/" + MISSING, null);
        return rows;
    }

    List<String> allPages(String first, int size) {
        List<String> all = new ArrayList<>();
        String next = first;
        while (next != null) {
            JsonNode page = json(us.get(next, "Prefer", "odata.maxpagesize=" + size));
            assertThat(page.path("value").size()).as(page.toString()).isBetween(0, size);
            all.addAll(ids(page));
            next = page.has("@odata.nextLink") ? next(page) : null;
        }
        return all;
    }

    String next(JsonNode page) {
        return page.get("@odata.nextLink").textValue().substring(us.url("").length());
    }

    List<String> found(String path) {
        HttpResponse<String> answer = us.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ids(json(answer));
    }

    /** The last two digits of each key. */
    static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        for (JsonNode one : page.get("value")) {
            String key = one.has("ticketId") ? "ticketId" : "accountId";
            String id = one.get(key).textValue();
            ids.add(id.substring(id.length() - 2));
        }
        return ids;
    }

    static String encoded(String text) {
        return text.replace("%2B", "\1")
                .chars()
                .mapToObj(c -> c == 1 ? "%2B" : PercentCode.encode(Character.toString(c)))
                .collect(Collectors.joining());
    }

    static String id(String digits) {
        return new UUID(0, Long.parseLong(digits, 16)).toString();
    }

    private static String parent(String digits) {
        return "{\"parentAccount@odata.bind\": \"/accounts(" + id(digits) + ")\"}";
    }

    void account(
            String digits,
            String name,
            String city,
            String country,
            String employees,
            String revenue,
            String createdOn) {
        patch(
                "accounts(" + id(digits) + ")",
                """
                {"accountNumber": "N-%s", "name": "%s", "city": %s, "country": %s,
                 "employees": %s, "annualRevenue": %s, "createdOn": "%s"}
                """
                        .formatted(
                                digits,
                                name,
                                quoted(city),
                                quoted(country),
                                employees,
                                revenue,
                                createdOn));
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    void ticket(String digits, String priority, String account, String contact) {
        patch(
                "tickets(" + id(digits) + ")",
                """
                {"ticketNumber": "T-%s", "title": "Printer", "priority": "%s", "status": "OPEN",
                 "account@odata.bind": "%s", "contact@odata.bind": %s,
                 "openedOn": "2026-11-21T08:00:00Z"}
                """
                        .formatted(digits, priority, account, quoted(contact)));
    }

    void patch(String path, String body) {
        HttpResponse<String> answer = us.send("PATCH", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** Made at the first use. */
    private static final class Shared {
        private static final QueryRows ROWS = start();
    }
}
