package dev.understudy.store;

import dev.understudy.store.guard.Guards;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A table that is not ours, {@code visit}, beside the store's, and what refers from it. */
final class Visits implements AutoCloseable {
    final TestDatabase database = TestDatabase.withContoso();
    final EntityStore store =
            new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");

    Visits() {
        Guards.install(database.dataSource(), Contoso.CATALOG);
        database.execute("CREATE TABLE visit (id serial, account_id uuid, note text)");
    }

    void guard(String each, String onDeleted) {
        database.query(
                """
                SELECT understudy.guard('visit', 'account_id', 'contoso.crm.Account',
                    each => '%s', on_deleted => '%s')
                """
                        .formatted(each, onDeleted));
    }

    void insert(EntityId... ids) {
        database.execute(
                "INSERT INTO visit (account_id) VALUES "
                        + Arrays.stream(ids)
                                .map(id -> "('" + id.key().text() + "')")
                                .collect(Collectors.joining(", ")));
    }

    RecordState state(EntityId id) {
        return store.read(id).orElseThrow().state();
    }

    @Override
    public void close() {
        database.close();
    }
}
