package dev.understudy.store;

import dev.understudy.store.postgres.PostgresEntityStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The contract on PostgreSQL. */
@Timeout(60)
final class PostgresEntityStoreIT implements EntityStoreContract {
    private static TestDatabase database;
    private static EntityStore store;

    @BeforeAll
    static void install() {
        database = TestDatabase.withContoso();
        store = new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public EntityStore store() {
        return store;
    }
}
