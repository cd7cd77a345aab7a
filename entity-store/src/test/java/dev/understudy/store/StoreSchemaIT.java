package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.install.StoreSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What installing makes of a catalog. */
@Timeout(60)
final class StoreSchemaIT {
    private static final String FIRST =
            """
            {"name": "id", "type": "string"}, {"name": "Count", "type": "int"}\
            """;

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyReferenceIsADeferrableForeignKey() {
        StoreSchema.install(database.dataSource(), Contoso.CATALOG);
        assertThat(
                        database.query(
                                """
                                SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid)
                                FROM pg_constraint
                                WHERE contype = 'f' AND condeferrable AND NOT condeferred
                                ORDER BY 1
                                """))
                .containsExactly(
                        foreignKey("account", "parent_account_id", "account", "account_id"),
                        foreignKey("account", "primary_contact_id", "contact", "contact_id"),
                        foreignKey("contact", "account_id", "account", "account_id"),
                        foreignKey("ticket", "account_id", "account", "account_id"),
                        foreignKey("ticket", "contact_id", "contact", "contact_id"));
    }

    @Test
    void foreignKeysAreEnforced() {
        StoreSchema.install(database.dataSource(), Contoso.CATALOG);
        assertThatThrownBy(() ->
                        database.execute(
                                """
                                INSERT INTO contoso_crm.contact
                                    (contact_id, account_id, _state, _version, _changed_at,
                                    first_name, last_name, created_on)
                                VALUES (gen_random_uuid(), gen_random_uuid(), 'h', 1, now(),
                                    '', '', now())
                                """))
                .hasStackTraceContaining("violates foreign key constraint");
    }

    @Test
    void columnsHaveTheTypesOfTheirFields() {
        StoreSchema.install(database.dataSource(), Contoso.CATALOG);
        assertThat(
                        database.query(
                                """
                                SELECT attname || ' ' || format_type(atttypid, atttypmod)
                                FROM pg_attribute
                                WHERE attrelid = 'contoso_crm.account'::regclass AND attnum > 0
                                ORDER BY attnum
                                """))
                .containsExactly(
                        "account_id uuid",
                        "account_number text",
                        "name text",
                        "parent_account_id uuid",
                        "primary_contact_id uuid",
                        "industry text",
                        "annual_revenue numeric(18,2)",
                        "employees bigint",
                        "credit_on_hold boolean",
                        "city text",
                        "country text",
                        "website text",
                        "created_on timestamp with time zone",
                        "_state \"char\"",
                        "_version bigint",
                        "_epoch bigint",
                        "_lsn bigint",
                        "_placed_at timestamp with time zone",
                        "_hydrated_at timestamp with time zone",
                        "_changed_at timestamp with time zone",
                        "_ceded smallint",
                        "_alias_of uuid");
    }

    @Test
    void installingAgainChangesNothing() {
        StoreSchema.install(database.dataSource(), Contoso.CATALOG);
        List<String> before = catalogOfTheDatabase();
        StoreSchema.install(database.dataSource(), Contoso.CATALOG);
        assertThat(catalogOfTheDatabase()).isEqualTo(before);
    }

    @Test
    void manyMayInstallAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<?>> installs = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                installs.add(
                        threads.submit(
                                () -> StoreSchema.install(database.dataSource(), Contoso.CATALOG)));
            }
            for (Future<?> install : installs) {
                install.get();
            }
        }
        assertThat(database.query("SELECT full_name FROM understudy.entity_type ORDER BY 1"))
                .containsExactly(
                        "contoso.crm.Account", "contoso.crm.Contact", "contoso.crm.Ticket");
    }

    @Test
    void newOptionalFieldAddsItsColumn() {
        install("us", FIRST);
        install(
                "us",
                FIRST
                        + ", {\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}");
        assertThat(columns()).startsWith("id", "count").endsWith("note");
    }

    @Test
    void newReferenceAddsItsForeignKey() {
        install("us", FIRST);
        install(
                "us",
                FIRST
                        + ", {\"name\": \"peer\", \"type\": [\"null\", \"string\"], \"default\": null,"
                        + " \"entity.references\": \"shop.Item\"}");
        assertThat(
                        database.query(
                                """
                                SELECT pg_get_constraintdef(oid) FROM pg_constraint
                                WHERE contype = 'f' AND conrelid = 'shop.item'::regclass
                                """))
                .containsExactly("FOREIGN KEY (peer) REFERENCES shop.item(id) DEFERRABLE");
    }

    @Test
    void otherChangesOfAnInstalledSchemaAreRefusedNamingTheField() {
        install("us", FIRST);
        assertRefused("us", "{\"name\": \"id\", \"type\": \"string\"}", "shop.Item.Count");
        assertRefused(
                "us", FIRST.replace("\"int\"", "\"string\""), "int required, wanted as string");
        assertRefused(
                "us", FIRST + ", {\"name\": \"note\", \"type\": \"string\"}", "has a default");
        assertRefused("europe", FIRST, "owned by 'us'");
        assertThat(columns()).doesNotContain("note");
    }

    @Test
    void wideningAWholeNumberNeedsNoChangeOfTheTable() {
        install("us", FIRST);
        List<String> before = columns();
        install("us", FIRST.replace("\"int\"", "\"long\""));
        assertThat(columns()).isEqualTo(before);
        assertThat(database.query("SELECT schema FROM understudy.entity_type").getFirst())
                .contains("long");
    }

    @Test
    void tableOfSomebodyElseIsNotTaken() {
        database.execute("CREATE SCHEMA shop");
        database.execute("CREATE TABLE shop.item (mine int)");
        assertThatThrownBy(() -> install("us", FIRST))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("already exists");
    }

    private void assertRefused(String owner, String fields, String because) {
        assertThatThrownBy(() -> install(owner, fields))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(because);
    }

    private void install(String owner, String fields) {
        String schema =
                """
                {"type": "record", "name": "Item", "namespace": "shop", "entity.key": "id",
                 "fields": [%s]}\
                """
                        .formatted(fields);
        EntityType type = EntityType.of(new Schema.Parser().parse(schema));
        StoreSchema.install(
                database.dataSource(), new Catalog(List.of(new CatalogEntry(owner, type))));
    }

    private List<String> columns() {
        return database.query(
                """
                SELECT attname FROM pg_attribute
                WHERE attrelid = 'shop.item'::regclass AND attnum > 0 ORDER BY attnum
                """);
    }

    private List<String> catalogOfTheDatabase() {
        return database.query(
                """
                SELECT 'r ' || oid || ' ' || xmin FROM pg_class WHERE relnamespace::regnamespace::text
                    IN ('contoso_crm', 'understudy')
                UNION ALL SELECT 'c ' || oid || ' ' || xmin FROM pg_constraint
                UNION ALL SELECT 't ' || full_name || xmin FROM understudy.entity_type
                ORDER BY 1
                """);
    }

    private static String foreignKey(String table, String column, String target, String key) {
        return "contoso_crm.%s FOREIGN KEY (%s) REFERENCES contoso_crm.%s(%s) DEFERRABLE"
                .formatted(table, column, target, key);
    }
}
