package dev.understudy.instance.web;

import static dev.understudy.instance.Contoso.ACCOUNT;
import static dev.understudy.instance.Contoso.CATALOG;
import static dev.understudy.instance.Contoso.TICKET;
import static dev.understudy.instance.Contoso.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.write.GivenField;
import dev.understudy.schemas.model.EntityType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityBodyTest {
    private static final Object KEY_1 = Contoso.id(ACCOUNT, 1).key().value();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"accountId\": \"00000000-0000-0000-0000-000000000001\"}",
                "{\"account@odata.bind\": \"/accounts(00000000-0000-0000-0000-000000000001)\"}",
                "{\"account@odata.bind\": \"accounts(00000000-0000-0000-0000-000000000001)\"}",
                "{\"account@odata.bind\":"
                        + " \"http://us:80/api/data/v1.0/accounts(00000000-0000-0000-0000-000000000001)\"}"
            })
    void aReferenceIsGivenByItsFieldOrBound(String json) {
        assertThat(read(TICKET, json).fields())
                .containsExactly(new GivenField(field(TICKET, "accountId"), KEY_1));
    }

    @Test
    void nullDisassociates() {
        assertThat(read(TICKET, "{\"contact@odata.bind\": null}").fields())
                .containsExactly(new GivenField(field(TICKET, "contactId"), null));
    }

    @Test
    void theKeyIsNotAmongTheFields() {
        EntityBody body = read(TICKET, "{\"ticketId\": \"00000000-0000-0000-0000-000000000001\"}");

        assertThat(body.key()).contains(Contoso.id(TICKET, 1).key());
        assertThat(body.fields()).isEmpty();
    }

    @Test
    void whatWasReadCanBeWrittenBack() {
        EntityBody body =
                read(
                        TICKET,
                        """
                        {"@odata.etag": "W/\\"1\\"", "account@understudy.state": "placeholder",
                         "title": "Printer"}
                        """);

        assertThat(body.fields())
                .containsExactly(new GivenField(field(TICKET, "title"), "Printer"));
    }

    @Test
    void aDecimalIsExact() {
        assertThat(read(ACCOUNT, "{\"annualRevenue\": 9007199254740993.25}").fields())
                .containsExactly(
                        new GivenField(
                                field(ACCOUNT, "annualRevenue"),
                                new BigDecimal("9007199254740993.25")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"colour\": 1} | InvalidField",
                "{\"title\": 1} | InvalidField",
                "{\"priority\": \"URGENT\"} | InvalidField",
                "{\"accountId\": \"A-1\"} | InvalidField",
                "{\"account@odata.bind\": \"/accounts(A-1)\"} | InvalidReference",
                "{\"account@odata.bind\": \"/accounts\"} | InvalidReference",
                "{\"account@odata.bind\": \"/contacts(00000000-0000-0000-0000-000000000001)\"}"
                        + " | InvalidReference",
                "{\"account@odata.bind\": 5} | InvalidReference",
                "{\"widget@odata.bind\": \"/widgets(1)\"} | InvalidReference",
                "{\"accountId\": null, \"account@odata.bind\": null} | InvalidField",
                "{\"title\": \"a\", \"title\": \"b\"} | InvalidJson",
                "{\"title\": \"a\"} x | InvalidJson",
                "{\"title\": \"a\"}{} | InvalidJson",
                "{\"title\": \"\\ud800\"} | InvalidJson",
                "{\"\\udc00\": 1} | InvalidJson",
                "{\"title\": 'a'} | InvalidJson",
                "{\"title\": NaN} | InvalidJson",
                "[] | InvalidJson",
                "null | InvalidJson",
                "'' | InvalidJson"
            })
    void anythingElseIsRefused(String json, String code) {
        assertRefused(json.getBytes(StandardCharsets.UTF_8), code);
    }

    @Test
    void invalidUtf8IsRefused() {
        assertRefused(
                "{\"title\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1), "InvalidEncoding");
    }

    @Test
    void endlessNestingIsRefused() {
        assertRefused("[".repeat(100_000).getBytes(StandardCharsets.UTF_8), "InvalidJson");
    }

    private static void assertRefused(byte[] json, String code) {
        assertThatThrownBy(() -> EntityBody.read(CATALOG, TICKET, Json.read(json)))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.code()).hasToString(code));
    }

    private static EntityBody read(EntityType type, String json) {
        return EntityBody.read(CATALOG, type, Json.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
