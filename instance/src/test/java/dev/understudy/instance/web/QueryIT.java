package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries as OData 4.01's URL conventions describe them, on few rows that one can see through. */
@Timeout(120)
final class QueryIT {
    private static final String MISSING = "accounts(00000000-0000-0000-0000-0000000000ff)";
    private static Database database;
    private static InstanceServer us;

    @BeforeAll
    static void start() {
        database = PostgresServer.shared().freshDatabase();
        us =
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
        account("a1", "Alpine Ski House", "Zermatt", "CH", "12", "1000.50", "2026-01-31T23:30:00Z");
        account("a2", "Blue Yonder", null, "US", "500", "null", "2026-02-01T00:00:00Z");
        account("a3", "O'Neil & Sons", "Cork", "IE", "null", "99.99", "2025-12-31T12:15:30.5Z");
        account("a4", "contoso 100%", "Köln", "DE", "12", "1000.50", "2026-03-15T08:00:00Z");
        account("a5", "Fabrikam", "Zermatt", null, "-3", "null", "2024-02-29T10:00:00Z");
        patch("accounts(" + id("a2") + ")", "{\"creditOnHold\": true}");
        patch("accounts(" + id("a4") + ")", parent("a1"));
        patch("accounts(" + id("a5") + ")", parent("a1"));
        patch(
                "contacts(" + id("c1") + ")",
                """
                {"firstName": "Ada", "lastName": "Byron", "birthDate": "1815-12-10",
                 "account@odata.bind": "/accounts(%s)", "createdOn": "2026-01-01T00:00:00Z"}
                """
                        .formatted(id("a1")));
        ticket("f1", "HIGH", "/accounts(" + id("a1") + ")", "/contacts(" + id("c1") + ")");
        ticket("f2", "LOW", "/accounts(" + id("a2") + ")", null);
        ticket("f3", "CRITICAL", "/" + MISSING, null);
    }

    @AfterAll
    static void stop() {
        us.close();
    }

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

        assertThat(found("accounts?$filter=" + encoded(query)))
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
        assertThat(found("accounts?$filter=" + encoded(filter))).containsExactly(expected);
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
        assertThat(found("tickets?$filter=" + encoded(filter)))
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
        assertThat(found(path)).containsExactlyInAnyOrderElementsOf(wanted);
        if (!order.startsWith("name")) {
            assertThat(found(path)).isEqualTo(wanted);
        }
        assertThat(allPages(path, 1)).isEqualTo(found(path));
        assertThat(allPages(path, 2)).isEqualTo(found(path));
    }

    @Test
    void symbolsAreSortedAsTheSchemaListsThem() {
        assertThat(found("tickets?$orderby=priority%20desc")).containsExactly("f3", "f1", "f2");
        assertThat(allPages("tickets?$orderby=priority%20desc", 1))
                .containsExactly("f3", "f1", "f2");
    }

    @Test
    void aPageGoesOnBehindItsLastRowWhateverChanges() {
        String path = "accounts?$orderby=createdOn&$filter=startswith(website,'page')";
        for (int i = 0; i < 6; i++) {
            account("b" + i, "p" + i, null, null, "1", "1", "2026-05-0" + (i + 1) + "T00:00:00Z");
            patch("accounts(" + id("b" + i) + ")", "{\"website\": \"page\"}");
        }
        JsonNode first = json(us.get(path, "Prefer", "odata.maxpagesize=2"));
        us.send("DELETE", "accounts(" + id("b1") + ")", "");
        us.send("DELETE", "accounts(" + id("b3") + ")", "");
        account("b7", "p7", null, null, "1", "1", "2026-05-02T12:00:00Z");
        patch("accounts(" + id("b7") + ")", "{\"website\": \"page\"}");

        List<String> rest = allPages(next(first), 2);

        assertThat(ids(first)).containsExactly("b0", "b1");
        assertThat(rest).containsExactly("b7", "b2", "b4", "b5");
        for (int i : List.of(0, 2, 4, 5, 7)) {
            us.send("DELETE", "accounts(" + id("b" + i) + ")", "");
        }
    }

    @Test
    void aSkipTokenBelongsToItsQueryAndIsNotToBeChanged() {
        JsonNode first = json(us.get("accounts?$orderby=name", "Prefer", "odata.maxpagesize=2"));
        String next = next(first);
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

        assertThat(found(ordered + "&$skip=1&$top=2")).containsExactly("a3", "a1");
        assertThat(found(ordered + "&$skip=100")).isEmpty();
        assertThat(allPages(ordered + "&$skip=1&$top=3", 2)).containsExactly("a3", "a1", "a2");
        JsonNode page = json(us.get("accounts?$count=true&$skip=1&$filter=city%20eq%20'Zermatt'"));
        assertThat(page.get("@odata.count").intValue()).isEqualTo(2);
        assertThat(page.get("value")).hasSize(1);
    }

    @Test
    void aLinkThatNoServerWouldTakeIsRefusedInstead() {
        for (String suffix : List.of("d1", "d2")) {
            account(
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
        assertThat(found(page)).containsExactly("d1", "d2");
        for (String suffix : List.of("d1", "d2")) {
            us.send("DELETE", "accounts(" + id(suffix) + ")", "");
        }
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$filter=colour eq 1 | 400 | InvalidField",
                "$filter=account/name eq 'x' | 400 | InvalidField",
                "$filter=name eq 5 | 400 | InvalidQuery",
                "$filter=employees eq '5' | 400 | InvalidQuery",
                "$filter=name eq | 400 | InvalidQuery",
                "$filter=name eq 'x | 400 | InvalidQuery",
                "$filter=(name eq 'x' | 400 | InvalidQuery",
                "$filter=name eq 'x') | 400 | InvalidQuery",
                "$filter=name = 'x' | 400 | InvalidQuery",
                "$filter=name | 400 | InvalidQuery",
                "$filter=%00 | 400 | InvalidQuery",
                "$filter=name eq '%00' | 400 | InvalidQuery",
                "$filter=name gt employees | 400 | InvalidQuery",
                "$filter=creditOnHold gt true | 400 | InvalidQuery",
                "$filter=createdOn gt 2026-13-01 | 400 | InvalidQuery",
                "$filter=createdOn gt 2026-02-30T00:00:00Z | 400 | InvalidQuery",
                "$filter=length(employees) eq 1 | 400 | InvalidQuery",
                "$filter=length(name,name) eq 1 | 400 | InvalidQuery",
                "$filter=employees eq 1e9999 | 400 | InvalidQuery",
                "$filter=soundex(name) eq 'x' | 501 | NotImplemented",
                "$filter=employees add 1 eq 2 | 501 | NotImplemented",
                "$filter=((((((((((((name eq 'x')))))))))))) | 400 | QueryTooComplex",
                "$filter=a/b/c/d/e/f eq 1 | 400 | QueryTooComplex",
                "$filter=name eq 'x'&$filter=name eq 'y' | 400 | InvalidQuery",
                "$select=colour | 400 | InvalidField",
                "$select= | 400 | InvalidQuery",
                "$expand=name | 400 | InvalidField",
                "$expand=parentAccount($filter=name eq 'x') | 501 | NotImplemented",
                "$expand=parentAccount($expand=parentAccount($expand=parentAccount($expand=parentAccount))) | 400 | QueryTooComplex",
                "$orderby=colour | 400 | InvalidField",
                "$orderby=name sideways | 400 | InvalidQuery",
                "$top=x | 400 | InvalidQuery",
                "$count=yes | 400 | InvalidQuery",
                "$skip=-1 | 400 | InvalidQuery",
                "$skip=1&$skiptoken=A | 400 | InvalidQuery",
                "$skip=1&$apply=groupby((name)) | 501 | NotImplemented",
                "$apply=groupby((colour)) | 400 | InvalidField",
                "$apply=groupby((name),aggregate(employees with sum as n)) | 501 | NotImplemented",
                "$apply=concat(a,b) | 501 | NotImplemented",
                "$format=xml | 501 | NotImplemented",
                "$skiptoken=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | 400 | InvalidQuery"
            })
    void aQueryThatIsNotUnderstoodIsRefused(String query, int status, String code) {
        assertError(
                us.get("accounts?" + query.replace(" ", "%20").replace("'x", "%27x")),
                status,
                code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority gt @understudy.state",
                "priority eq @understudy.state",
                "@understudy.state ne priority",
                "@understudy.state lt account/@understudy.state"
            })
    void aRecordStateIsComparedOnlyWithStatesAndHasNoOrder(String filter) {
        assertError(us.get("tickets?$filter=" + encoded(filter)), 400, "InvalidQuery");
    }

    @Test
    void valuesAreNeverPartOfTheSql() {
        String attack = "'; DROP TABLE contoso_crm.account; --";

        assertThat(
                        found(
                                "accounts?$filter="
                                        + encoded("name eq '" + attack.replace("'", "''") + "'")))
                .isEmpty();
        assertThat(found("accounts?$filter=name%20eq%20'Fabrikam'")).containsExactly("a5");
    }

    @Test
    void aQueryThatTakesTooLongIsEnded() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE contoso_crm.contact IN ACCESS EXCLUSIVE MODE");

            HttpResponse<String> answer = us.get("contacts?$filter=lastName%20eq%20'x'");

            assertError(answer, 429, "QueryTooSlow");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            connection.rollback();
        }
        assertThat(us.get("contacts?$filter=lastName%20eq%20'x'").statusCode()).isEqualTo(200);
    }

    @Test
    void aUrlHasALimitAndWhatCameBehindItIsNotRead() {
        HttpResponse<String> answer =
                us.get("accounts?$filter=name%20eq%20'" + "x".repeat(5000) + "'");

        assertError(answer, 413, "RequestTooLarge");
        assertThat(answer.headers().firstValue("Connection")).contains("close");
    }

    @Test
    void aFilterHasALimitOfOperands() {
        String filter = "name%20in%20('x'" + ",'x'".repeat(200) + ")";

        assertError(us.get("accounts?$filter=" + filter), 400, "QueryTooComplex");
        assertThat(
                        us.get("accounts?$filter=name%20in%20('x'" + ",'x'".repeat(150) + ")")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPlusInAQueryIsASpace() {
        assertThat(found("accounts?$filter=name+eq+'Blue+Yonder'")).containsExactly("a2");
    }

    private static List<String> allPages(String first, int size) {
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

    private static String next(JsonNode page) {
        return page.get("@odata.nextLink").textValue().substring(us.url("").length());
    }

    private static List<String> found(String path) {
        HttpResponse<String> answer = us.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ids(json(answer));
    }

    /** The last two digits of each key. */
    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        for (JsonNode one : page.get("value")) {
            String key = one.has("ticketId") ? "ticketId" : "accountId";
            String id = one.get(key).textValue();
            ids.add(id.substring(id.length() - 2));
        }
        return ids;
    }

    private static String encoded(String text) {
        return text.replace("%2B", "\1")
                .chars()
                .mapToObj(c -> c == 1 ? "%2B" : PercentCode.encode(Character.toString(c)))
                .collect(Collectors.joining());
    }

    private static String id(String digits) {
        return new UUID(0, Long.parseLong(digits, 16)).toString();
    }

    private static String parent(String digits) {
        return "{\"parentAccount@odata.bind\": \"/accounts(" + id(digits) + ")\"}";
    }

    private static void account(
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

    private static void ticket(String digits, String priority, String account, String contact) {
        patch(
                "tickets(" + id(digits) + ")",
                """
                {"ticketNumber": "T-%s", "title": "Printer", "priority": "%s", "status": "OPEN",
                 "account@odata.bind": "%s", "contact@odata.bind": %s,
                 "openedOn": "2026-11-21T08:00:00Z"}
                """
                        .formatted(digits, priority, account, quoted(contact)));
    }

    private static void patch(String path, String body) {
        HttpResponse<String> answer = us.send("PATCH", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }
}
