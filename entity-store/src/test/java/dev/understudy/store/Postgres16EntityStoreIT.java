package dev.understudy.store;

import dev.understudy.sandbox.PostgresVersion;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The contract on the oldest PostgreSQL that is supported. */
@Timeout(60)
final class Postgres16EntityStoreIT implements EntityStoreContract {
    private static TestDatabase database;
    private static EntityStore store;

    @BeforeAll
    static void install() {
        database = new TestDatabase(PostgresVersion.POSTGRES_16);
        StoreSchema.install(database.dataSource(), Contoso.CATALOG);
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
