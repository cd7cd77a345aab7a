package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.subset.SubsetStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of subsets on PostgreSQL. */
@Timeout(60)
final class PostgresSubsetIT implements SubsetContract {
    private static TestDatabase database;

    @BeforeAll
    static void install() {
        database = new TestDatabase();
        StoreSchema.install(database.dataSource(), CATALOG);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public EntityStore store() {
        return SubsetStore.over(database.dataSource(), CATALOG, "europe");
    }

    @Test
    void tableHasNoOtherColumns() {
        assertThat(
                        database.query(
                                """
                                SELECT attname FROM pg_attribute
                                WHERE attrelid = 'contoso_crm.account'::regclass AND attnum > 0
                                    AND attname NOT LIKE '\\_%' ORDER BY attnum
                                """))
                .containsExactly("account_id", "name", "country");
    }
}
