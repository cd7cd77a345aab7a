package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.EntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Ours: placeholders, outcomes and all. */
final class StoreApply implements Contender {
    private final EntityStore store;

    StoreApply(DataSource pool) {
        store = new PostgresEntityStore(pool, Accounts.CATALOG, "europe");
    }

    @Override
    public String name() {
        return "EntityStore.apply";
    }

    @Override
    public void write(DataSource pool, List<ChangeEvent> batch) throws SQLException {
        for (Outcome outcome : store.apply(batch)) {
            if (outcome instanceof Outcome.Refused refused) {
                throw new SQLException("refused: " + refused.message());
            }
        }
    }
}
