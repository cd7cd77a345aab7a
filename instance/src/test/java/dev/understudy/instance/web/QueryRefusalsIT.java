package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.QueryRows.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query may not ask, and how much it may ask for. */
@Timeout(120)
final class QueryRefusalsIT {
    private final QueryRows rows = QueryRows.shared();
    private final InstanceServer us = rows.us();

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
                        rows.found(
                                "accounts?$filter="
                                        + encoded("name eq '" + attack.replace("'", "''") + "'")))
                .isEmpty();
        assertThat(rows.found("accounts?$filter=name%20eq%20'Fabrikam'")).containsExactly("a5");
    }

    @Test
    void aQueryThatTakesTooLongIsEnded() throws Exception {
        try (Connection connection = rows.database().connect();
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
}
