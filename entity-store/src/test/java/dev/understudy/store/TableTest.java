package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableTest {
    @ParameterizedTest
    @CsvSource({
        "account, account",
        "primaryContactId, primary_contact_id",
        "Ticket, ticket",
        "SLADue, sla_due",
        "URL, url",
        "iso3166Code, iso3166_code",
        "already_snake, already_snake"
    })
    void namesAreInSnakeCase(String name, String snake) {
        assertThat(Names.snakeCase(name)).isEqualTo(snake);
    }

    @Test
    void quotesInsideAreDoubled() {
        assertThat(Names.quoted("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Names.literal("it's")).isEqualTo("'it''s'");
    }

    @Test
    void namespaceIsTheSchema() {
        assertThat(Table.of(Contoso.ACCOUNT).quoted()).isEqualTo("\"contoso_crm\".\"account\"");
    }

    @Test
    void fieldsOfOneColumnNameAreRefused() {
        EntityType type =
                type(
                        "shop",
                        "Item",
                        ", {\"name\": \"unitPrice\", \"type\": \"long\"}, {\"name\": \"unit_price\", \"type\": \"long\"}");
        assertThatThrownBy(() -> Table.of(type))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("unitPrice and unit_price");
    }

    @Test
    void typesOfOneTableNameAreRefused() {
        Catalog catalog =
                new Catalog(
                        List.of(
                                new CatalogEntry("us", type("a.b", "Item", "")),
                                new CatalogEntry("us", type("a_b", "item", ""))));
        assertThatThrownBy(() -> new Tables(catalog))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("a.b.Item and a_b.item");
    }

    @ParameterizedTest
    @ValueSource(strings = {"understudy", "pg_catalog", "information.schema"})
    void reservedSchemasAreRefused(String namespace) {
        assertThatThrownBy(() -> Table.of(type(namespace, "Item", "")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("reserved");
    }

    @Test
    void namesThatPostgresWouldCutAreRefused() {
        EntityType type =
                type(
                        "shop",
                        "Item",
                        ", {\"name\": \"%s\", \"type\": \"long\"}".formatted("x".repeat(55)));
        assertThatThrownBy(() -> Table.of(type))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("longer");
    }

    private static EntityType type(String namespace, String name, String fields) {
        String schema =
                """
                {"type": "record", "name": "%s", "namespace": "%s", "entity.key": "id",
                 "entity.set": "%s", "fields": [{"name": "id", "type": "long"}%s]}\
                """
                        .formatted(name, namespace, name + "s", fields);
        return EntityType.of(new Schema.Parser().parse(schema));
    }
}
