package dev.understudy.store.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.store.table.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestSqlTest {
    private static final EntityType ACCOUNT =
            Catalog.of(
                            List.of("us.contoso.crm.Account", "us.contoso.crm.Contact"),
                            new SchemaFiles(List.of("classpath:contoso")))
                    .entry("contoso.crm.Account")
                    .type();
    private static final KeyRange RANGE = new KeyRange("a", "b");

    @Test
    void nothingIsFilledIntoWhatACallerCompares() {
        String odd = "${state}${sample}${key}$1";
        DigestSql sql = of("name = '" + odd + "'");

        for (String statement :
                List.of(sql.sums(RANGE), sql.cut(RANGE, 5), sql.rows(RANGE), sql.rowsOfKeys())) {
            assertThat(statement).contains("'" + odd + "'");
            assertThat(statement.replace(odd, "")).doesNotContain("${");
        }
    }

    @Test
    void theRangeIsOfTheKeysType() {
        assertThat(of("").rows(RANGE))
                .contains("\"account_id\" >= ?::uuid AND \"account_id\" < ?::uuid");
    }

    private static DigestSql of(String condition) {
        return new DigestSql(
                Table.of(ACCOUNT),
                new DigestScope(ACCOUNT.fullName(), List.of("name"), 0, condition));
    }
}
