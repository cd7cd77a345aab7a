package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

    @Test
    void rowsThatAreSavedAtOnceAreOfDifferentEntities() {
        EntityId id = Contoso.someAccount();
        List<EntityRow> twice =
                List.of(hydrated(account(id, "x"), 1), hydrated(account(id, "y"), 1));

        assertThatThrownBy(() ->
                        store.write(transaction -> {
                            transaction.saveAll(twice);
                            return true;
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.read(id)).isEmpty();
    }

    @Override
    public EntityStore store() {
        return store;
    }
}
