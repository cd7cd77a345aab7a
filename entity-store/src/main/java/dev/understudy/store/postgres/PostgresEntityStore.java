package dev.understudy.store.postgres;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Tables;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * The store on PostgreSQL (16 and up), in the tables that {@link StoreSchema} installs. Takes a
 * connection for each call and gives it back; keeps no state, so any number of stores and processes
 * can share a database. Transactions must be READ COMMITTED, the default.
 */
public final class PostgresEntityStore implements EntityStore {
    private final Catalog catalog;
    private final AllRows rows;
    private final BatchApply batchApply;
    private final Transactions transactions;

    public PostgresEntityStore(DataSource dataSource, Catalog catalog) {
        this(dataSource, catalog, StoreOptions.defaults());
    }

    public PostgresEntityStore(DataSource dataSource, Catalog catalog, StoreOptions options) {
        this(dataSource, catalog, options, ThreadLocalRandom::current);
    }

    PostgresEntityStore(
            DataSource dataSource,
            Catalog catalog,
            StoreOptions options,
            Supplier<? extends RandomGenerator> random) {
        this.catalog = catalog;
        this.rows = new AllRows(new Tables(catalog));
        this.batchApply = new BatchApply(rows);
        this.transactions = new Transactions(dataSource, options, random);
    }

    @Override
    public List<Outcome> apply(List<ChangeEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Batch batch = Batch.of(catalog, events);
        return batch.outcomes(apply(batch));
    }

    private Map<Integer, Outcome> apply(Batch batch) {
        String doing = "apply %d changes".formatted(batch.changes().size());
        try {
            return transactions.run(
                    doing, connection -> batchApply.all(connection, batch.changes()));
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.REFUSED) {
                throw SqlFailure.fault(doing, e);
            }
        }
        try {
            return transactions.run(
                    doing, connection -> batchApply.isolating(connection, batch.changes()));
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    @Override
    public <T> T write(TransactionWork<T> work) {
        try {
            return transactions.run(
                    "write", connection -> work.run(new PostgresTransaction(connection, rows)));
        } catch (SQLException e) {
            throw SqlFailure.fault("write", e);
        }
    }

    @Override
    public Optional<EntityRow> read(EntityId id) {
        return transactions.read(
                "read " + id, connection -> rows.of(id.type()).read(connection, id.key()));
    }

    @Override
    public List<EntityRow> page(EntityType type, Optional<EntityKey> after, int limit) {
        return transactions.read(
                "read a page of " + type,
                connection -> rows.of(type).page(connection, after, limit));
    }

    @Override
    public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        return transactions.read("read record states", connection -> rows.states(connection, ids));
    }

    @Override
    public Map<EntityId, Instant> placements(Collection<EntityId> ids) {
        return transactions.read(
                "read when placeholders were placed",
                connection -> rows.placements(connection, ids));
    }
}
