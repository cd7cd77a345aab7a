package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.json;
import static dev.understudy.instance.web.QueryRows.encoded;
import static dev.understudy.instance.web.QueryRows.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Queries as OData 4.01's URL conventions describe them: what they select, sort, show and count.
 */
@Timeout(120)
final class QueryIT {
    private final QueryRows rows = QueryRows.shared();
    private final InstanceServer us = rows.us();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "name eq 'Fabrikam' | a5",
                "name eq 'O''Neil & Sons' | a3",
                "name ne 'Fabrikam' | a1 a2 a3 a4",
                "employees gt 12 | a2",
                "employees ge 12 | a1 a2 a4",
                "employees lt 0 | a5",
                "employees le 11.5 | a5",
                "12 eq employees | a1 a4",
                "annualRevenue eq 1000.5 | a1 a4",
                "annualRevenue gt 1e2 | a1 a4",
                "employees eq null | a3",
                "employees ne null | a1 a2 a4 a5",
                "country ne 'US' | a1 a3 a4 a5",
                "not (employees gt 12) | a1 a3 a4 a5",
                "not (employees gt 12 or name eq 'Fabrikam') | a1 a3 a4",
                "not contains(city,'e') | a3 a4",
                "creditOnHold | a2",
                "creditOnHold eq false and city eq 'Zermatt' | a1 a5",
                "name eq 'Fabrikam' or city eq 'Zermatt' and employees eq 12 | a1 a5",
                "(name eq 'Fabrikam' or city eq 'Zermatt') and employees eq 12 | a1",
                "name eq 'Fabrikam' or city eq 'Cork' and employees eq 12 | a5",
                "country in ('CH','DE') | a1 a4",
                "country in ('CH',null) | a1 a5",
                "not (country in ('CH','DE')) | a2 a3 a5",
                "employees in (12,-3) | a1 a4 a5",
                "contains(name,'on') | a2 a3 a4",
                "contains(name,'100%') | a4",
                "contains(name,'_') | none",
                "startswith(name,'B') | a2",
                "startswith(tolower(name),'o''n') | a3",
                "endswith(name,'%') | a4",
                "endswith(name,toupper('%')) eq true | a4",
                "toupper(city) eq 'KÖLN' | a4",
                "length(name) eq 8 | a5",
                "length(country) eq 2 and country ne 'CH' | a2 a3 a4",
                "trim(concat(country,' ')) eq 'CH' | a1",
                "createdOn ge 2026-02-01 | a2 a4",
                "createdOn lt 2026-02-01T00:00:00Z and createdOn gt 2026-01-01 | a1",
                "createdOn eq 2026-02-01T01:00:00%2B01:00 | a2",
                "createdOn eq 2025-12-31T12:15:30.500Z | a3",
                "year(createdOn) eq 2026 and month(createdOn) le 2 | a1 a2",
                "day(createdOn) eq 29 | a5",
                "hour(createdOn) eq 23 and minute(createdOn) eq 30 | a1",
                "date(createdOn) eq 2026-01-31 | a1",
                "accountId eq 00000000-0000-0000-0000-0000000000a3 | a3",
                "parentAccountId eq 00000000-0000-0000-0000-0000000000A1 | a4 a5",
                "parentAccount/accountId eq 00000000-0000-0000-0000-0000000000a1 | a4 a5",
                "parentAccount/name eq 'Alpine Ski House' and city eq 'Köln' | a4",
                "parentAccount eq null and city ne null | a1 a3",
                "parentAccount/name eq null and city ne null | a1 a3",
                "primaryContact/lastName eq 'Byron' | none",
                "name eq city | none",
                "city eq 'x' or true | a1 a2 a3 a4 a5"
            })
    void aFilterSelects(String filter, String expected) {
        String states = " and @understudy.state eq 'hydrated'";
        String query = filter.contains(" or ") ? "(" + filter + ")" + states : filter + states;

        assertThat(rows.found("accounts?$filter=" + encoded(query)))
                .containsExactlyInAnyOrder(
                        expected.equals("none") ? new String[0] : expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@understudy.state eq 'placeholder' | ff",
                "@understudy.state ne 'hydrated' | ff",
                "name eq null | ff"
            })
    void placeholdersAreAskedForByTheirState(String filter, String expected) {
        assertThat(rows.found("accounts?$filter=" + encoded(filter))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@understudy.complete eq true | f1 f2",
                "not @understudy.complete | f3",
                "account/@understudy.state eq 'placeholder' | f3",
                "account/@understudy.state in ('hydrated') and contact eq null | f2",
                "priority eq 'HIGH' | f1",
                "priority gt 'NORMAL' | f1 f3",
                "priority in (contoso.crm.Priority'LOW','HIGH') | f1 f2",
                "account/city eq 'Zermatt' | f1",
                "contact/account/name eq 'Alpine Ski House' | f1",
                "contact/birthDate lt 1900-01-01 | f1",
                "accountId in (00000000-0000-0000-0000-0000000000a2) | f2"
            })
    void ticketsAreSelectedByWhatTheyReferTo(String filter, String expected) {
        assertThat(rows.found("tickets?$filter=" + encoded(filter)))
                .containsExactlyInAnyOrder(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | a1 a2 a5 a3 a4",
                "employees desc,name | a2 a1 a4 a5 a3",
                "employees,name desc | a3 a5 a4 a1 a2",
                "country desc | a2 a3 a4 a1 a5",
                "length(name),createdOn | a5 a2 a4 a3 a1",
                "parentAccount/name desc,createdOn desc | a4 a5 a2 a1 a3",
                "creditOnHold desc,createdOn asc | a2 a5 a3 a1 a4"
            })
    void anOrderSorts(String order, String expected) {
        String path = "accounts?$filter=name%20ne%20null&$orderby=" + encoded(order);

        // The order of texts is the database's: only without upper case is it everywhere the same.
        List<String> wanted = List.of(expected.split(" "));
        assertThat(rows.found(path)).containsExactlyInAnyOrderElementsOf(wanted);
        if (!order.startsWith("name")) {
            assertThat(rows.found(path)).isEqualTo(wanted);
        }
        assertThat(rows.allPages(path, 1)).isEqualTo(rows.found(path));
        assertThat(rows.allPages(path, 2)).isEqualTo(rows.found(path));
    }

    @Test
    void symbolsAreSortedAsTheSchemaListsThem() {
        assertThat(rows.found("tickets?$orderby=priority%20desc"))
                .containsExactly("f3", "f1", "f2");
        assertThat(rows.allPages("tickets?$orderby=priority%20desc", 1))
                .containsExactly("f3", "f1", "f2");
    }

    @Test
    void aSelectionShowsTheKeyAndWhatIsSelected() {
        JsonNode one = json(us.get("accounts(" + id("a4") + ")?$select=name,city"));
        JsonNode page = json(us.get("accounts?$select=name&$top=1"));

        assertThat(one.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "@odata.context",
                        "@odata.etag",
                        "@understudy.state",
                        "accountId",
                        "name",
                        "city");
        assertThat(one.get("@odata.context").textValue())
                .isEqualTo(us.url("$metadata#accounts(name,city)/$entity"));
        assertThat(page.get("@odata.context").textValue())
                .isEqualTo(us.url("$metadata#accounts(name)"));
        assertThat(page.get("value").get(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("@odata.etag", "@understudy.state", "accountId", "name");
    }

    @Test
    void aReferenceIsExpandedInPlace() {
        String path =
                "tickets?$select=title&$orderby=ticketNumber&$expand=contact,account($select=name;"
                        + "$expand=parentAccount($select=name))";
        JsonNode value = json(us.get(path)).get("value");

        JsonNode first = value.get(0);
        assertThat(first.get("contact").get("lastName").textValue()).isEqualTo("Byron");
        assertThat(first.get("account").get("name").textValue()).isEqualTo("Alpine Ski House");
        assertThat(first.get("account").get("parentAccount").isNull()).isTrue();
        assertThat(first.get("account").has("city")).isFalse();
        assertThat(first.get("account@understudy.state").textValue()).isEqualTo("hydrated");
        assertThat(value.get(1).get("contact").isNull()).isTrue();
        assertThat(value.get(2).get("account").get("@understudy.state").textValue())
                .isEqualTo("placeholder");
        JsonNode one = json(us.get("accounts(" + id("a4") + ")?$expand=parentAccount"));
        assertThat(one.get("parentAccount").get("accountId").textValue()).isEqualTo(id("a1"));
        assertThat(one.get("@odata.context").textValue())
                .isEqualTo(us.url("$metadata#accounts(parentAccount())/$entity"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$apply=filter(country ne null)/groupby((employees),aggregate($count as n))&$orderby=n desc"
                        + " | [{\"\"employees\"\":12,\"\"n\"\":2},{\"\"employees\"\":null,\"\"n\"\":1},{\"\"employees\"\":500,\"\"n\"\":1}]",
                "$apply=filter(name ne null)/aggregate($count as total) | [{\"\"total\"\":5}]",
                "$apply=filter(city eq 'Zermatt')/groupby((parentAccount/name,city))"
                        + " | [{\"\"parentAccount\"\":{\"\"name\"\":null},\"\"city\"\":\"\"Zermatt\"\"},{\"\"parentAccount\"\":{\"\"name\"\":\"\"Alpine Ski House\"\"},\"\"city\"\":\"\"Zermatt\"\"}]"
            })
    void groupsAreCounted(String query, String expected) {
        HttpResponse<String> answer =
                us.get("accounts?" + query.replace(" ", "%20").replace("(name ne", "(name%20ne"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).get("value").toString()).isEqualTo(expected.replace("\"\"", "\""));
    }

    @Test
    void aPlusInAQueryIsASpace() {
        assertThat(rows.found("accounts?$filter=name+eq+'Blue+Yonder'")).containsExactly("a2");
    }
}
