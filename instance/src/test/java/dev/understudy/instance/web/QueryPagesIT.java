package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static dev.understudy.instance.web.QueryRows.id;
import static dev.understudy.instance.web.QueryRows.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages of queries: each goes on behind the last, and counts are of them all. */
@Timeout(120)
final class QueryPagesIT {
    private final QueryRows rows = QueryRows.shared();
    private final InstanceServer us = rows.us();

    @Test
    void aPageGoesOnBehindItsLastRowWhateverChanges() {
        String path = "accounts?$orderby=createdOn&$filter=startswith(website,'page')";
        for (int i = 0; i < 6; i++) {
            rows.account(
                    "b" + i, "p" + i, null, null, "1", "1", "2026-05-0" + (i + 1) + "T00:00:00Z");
            rows.patch("accounts(" + id("b" + i) + ")", "{\"website\": \"page\"}");
        }
        JsonNode first = json(us.get(path, "Prefer", "odata.maxpagesize=2"));
        us.send("DELETE", "accounts(" + id("b1") + ")", "");
        us.send("DELETE", "accounts(" + id("b3") + ")", "");
        rows.account("b7", "p7", null, null, "1", "1", "2026-05-02T12:00:00Z");
        rows.patch("accounts(" + id("b7") + ")", "{\"website\": \"page\"}");

        List<String> rest = rows.allPages(rows.next(first), 2);

        assertThat(ids(first)).containsExactly("b0", "b1");
        assertThat(rest).containsExactly("b7", "b2", "b4", "b5");
        for (int i : List.of(0, 2, 4, 5, 7)) {
            us.send("DELETE", "accounts(" + id("b" + i) + ")", "");
        }
    }

    @Test
    void aSkipTokenBelongsToItsQueryAndIsNotToBeChanged() {
        JsonNode first = json(us.get("accounts?$orderby=name", "Prefer", "odata.maxpagesize=2"));
        String next = rows.next(first);
        String token = next.substring(next.indexOf("$skiptoken=") + "$skiptoken=".length());

        assertThat(us.get(next).statusCode()).isEqualTo(200);
        assertError(us.get("accounts?$orderby=city&$skiptoken=" + token), 400, "InvalidQuery");
        assertError(us.get("contacts?$orderby=lastName&$skiptoken=" + token), 400, "InvalidQuery");
        String changed = (token.charAt(30) == 'A' ? "B" : "A");
        assertError(
                us.get(
                        "accounts?$orderby=name&$skiptoken="
                                + token.substring(0, 30)
                                + changed
                                + token.substring(31)),
                400,
                "InvalidQuery");
    }

    @Test
    void aCountIsOfAllThatTheFilterSelects() {
        JsonNode page = json(us.get("accounts?$count=true&$top=1&$filter=city%20eq%20'Zermatt'"));
        HttpResponse<String> count = us.get("accounts/$count?$filter=city%20eq%20'Zermatt'");

        assertThat(page.get("@odata.count").intValue()).isEqualTo(2);
        assertThat(page.get("value")).hasSize(1);
        assertThat(page.has("@odata.nextLink")).isFalse();
        assertThat(count.body()).isEqualTo("2");
        assertThat(count.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        assertThat(us.get("tickets/$count").body()).isEqualTo("3");
    }

    @Test
    void rowsArePassedOver() {
        String ordered = "accounts?$filter=createdOn%20ne%20null&$orderby=createdOn";

        assertThat(rows.found(ordered + "&$skip=1&$top=2")).containsExactly("a3", "a1");
        assertThat(rows.found(ordered + "&$skip=100")).isEmpty();
        assertThat(rows.allPages(ordered + "&$skip=1&$top=3", 2)).containsExactly("a3", "a1", "a2");
        JsonNode page = json(us.get("accounts?$count=true&$skip=1&$filter=city%20eq%20'Zermatt'"));
        assertThat(page.get("@odata.count").intValue()).isEqualTo(2);
        assertThat(page.get("value")).hasSize(1);
    }

    @Test
    void aLinkThatNoServerWouldTakeIsRefusedInstead() {
        for (String suffix : List.of("d1", "d2")) {
            rows.account(
                    suffix,
                    "n".repeat(3000) + suffix,
                    null,
                    null,
                    "1",
                    "1",
                    "2026-05-01T00:00:00Z");
        }
        String page = "accounts?$filter=startswith(name,'nnn')&$orderby=name";

        assertError(us.get(page, "Prefer", "odata.maxpagesize=1"), 400, "QueryTooComplex");
        assertThat(rows.found(page)).containsExactly("d1", "d2");
        for (String suffix : List.of("d1", "d2")) {
            us.send("DELETE", "accounts(" + id(suffix) + ")", "");
        }
    }
}
