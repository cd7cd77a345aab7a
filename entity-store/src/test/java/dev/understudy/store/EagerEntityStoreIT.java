package dev.understudy.store;

import dev.understudy.store.postgres.PostgresEntityStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The contract where every batch is copied, and stored before anything is looked at. */
@Timeout(60)
final class EagerEntityStoreIT implements EntityStoreContract {
    private static TestDatabase database;
    private static EntityStore store;

    @BeforeAll
    static void install() {
        database = TestDatabase.withContoso();
        store =
                new PostgresEntityStore(
                        database.dataSource(),
                        Contoso.CATALOG,
                        "europe",
                        BatchWay.COPIED.options());
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
