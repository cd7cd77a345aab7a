package dev.understudy.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalog entries of which only a part is kept. */
final class SubsetTest {
    private static final SchemaFiles CONTOSO = new SchemaFiles(List.of("classpath:contoso"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "country = 'DE'",
                "country in ('FR', 'DE')",
                "country not in ('FR', 'US') and employees > 10",
                "employees is null or employees >= 12",
                "(country = 'FR' or creditOnHold = false) and annualRevenue < 1000.5",
                "creditOnHold != true",
                "name <> 'O''Neill'",
                "createdOn > '2026-01-01T00:00:00Z' AND website IS NULL",
                "accountId = '7f3c0000-0000-4000-8000-000000000001'"
            })
    void thisHolds(String condition) {
        assertThat(holds(condition)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "country in ('FR', 'O''Neill') and (employees > -10 or annualRevenue <= 1000.50)",
                "employees is null or website is not null and creditOnHold <> true",
                "createdOn > '2026-01-01T00:00:00.123456Z'",
                "accountId = '7f3c0000-0000-4000-8000-000000000001'"
            })
    void conditionIsReadAgainFromItsNotation(String text) {
        EntityType account = entry("us.contoso.crm.Account").type();
        Condition condition = Condition.of(account, text);

        assertThat(Condition.of(account, condition.notation())).isEqualTo(condition);
        assertThat(Condition.of(account, "")).isEqualTo(new Condition.Always());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "country = 'FR'",
                "website <> 'x'",
                "website = 'x'",
                "employees is null",
                "country = 'DE' and employees > 12",
                "country in ('FR') or creditOnHold = true"
            })
    void thisDoesNot(String condition) {
        assertThat(holds(condition)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`nothing = 1` | `names no field 'nothing'`",
                "`country = DE` | `single quotes`",
                "`employees = 'x'` | `compares 'employees'`",
                "`country like 'D%'` | `no comparison after 'country'`",
                "`country = 'DE' and` | `ends too early`",
                "`country = 'DE' country` | `ends before 'country'`",
                "`country = 'DE'; drop table x` | `cannot be read from`",
                "`country in 'DE'` | `wants '('`"
            })
    void wrongConditionIsRefusedWhenTheCatalogIsRead(String condition, String because) {
        assertThatThrownBy(() -> entry("us.contoso.crm.Account where " + condition))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("contoso.crm.Account")
                .hasMessageContaining(because);
    }

    @Test
    void onlyTheKeyTheListAndTheFieldsOfTheConditionAreKept() {
        CatalogEntry entry = entry("us.contoso.crm.Account (name,city) where country = 'DE'");

        assertThat(entry.type().fields())
                .extracting(EntityField::name)
                .containsExactly("accountId", "name", "city", "country");
        assertThat(entry.type().alternateKeys()).isEmpty();
        assertThat(entry.type().displayField()).isPresent();
        assertThat(entry.type().entitySet()).isEqualTo("accounts");
        assertThat(entry.kept().leftOut()).contains("accountNumber", "parentAccountId");
    }

    @Test
    void listThatWasSplitAtItsCommasIsWholeAgain() {
        Catalog catalog =
                Catalog.of(
                        List.of(
                                "us.contoso.crm.Account(name",
                                " country) where country in ('DE'",
                                "'FR')",
                                "us.contoso.crm.Contact"),
                        CONTOSO);

        assertThat(catalog.types()).hasSize(2);
        assertThat(catalog.entry("contoso.crm.Contact").kept().isWhole()).isTrue();
    }

    @Test
    void fieldThatIsNotThereAndAnOpenParenthesisAreRefused() {
        assertThatThrownBy(() -> entry("us.contoso.crm.Account(nome)"))
                .hasMessageContaining("no field 'nome'");
        assertThatThrownBy(() -> entry("us.contoso.crm.Account(name"))
                .hasMessageContaining("not closed");
    }

    @Test
    void ownerKeepsAll() {
        Catalog catalog =
                Catalog.of(
                        List.of("us.contoso.crm.Account(name)", "us.contoso.crm.Contact"), CONTOSO);

        assertThat(catalog.notOwnedBy("europe")).hasSize(2);
        assertThatThrownBy(() -> catalog.ownedBy("us"))
                .hasMessageContaining("us.contoso.crm.Account: us owns it");
    }

    private static boolean holds(String condition) {
        CatalogEntry entry = entry("us.contoso.crm.Account where " + condition);
        EntityContent account =
                EntityContent.ofKey(
                        entry.type(),
                        entry.type().keyType().parse("7f3c0000-0000-4000-8000-000000000001"));
        account = with(account, "name", "Contoso");
        account = with(account, "country", "DE");
        account = with(account, "employees", 12L);
        account = with(account, "annualRevenue", new BigDecimal("1000.00"));
        account = with(account, "creditOnHold", false);
        account = with(account, "createdOn", Instant.parse("2026-11-21T12:00:00Z"));
        return entry.kept().holds(account);
    }

    private static EntityContent with(EntityContent content, String field, Object value) {
        return content.with(content.type().field(field).orElseThrow(), value);
    }

    private static CatalogEntry entry(String notation) {
        Catalog catalog = Catalog.of(List.of(notation, "us.contoso.crm.Contact"), CONTOSO);
        return catalog.entry("contoso.crm.Account");
    }
}
