package dev.understudy.store.postgres;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.install.KnownSchemas;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.ledger.NameHints;
import dev.understudy.store.postgres.Mode.Claiming;
import dev.understudy.store.postgres.Mode.Referring;
import dev.understudy.store.postgres.Saves.Care;
import dev.understudy.store.sql.ProgramLimit;
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
    private final AllRows rows;
    private final Aliases aliases;
    private final Claims claims;
    private final Foresight foresight;
    private final BatchApply batchApply;
    private final Transactions transactions;
    private final KnownSchemas schemas;

    /**
     * A store in the database of an instance.
     *
     * @param instance whose database it is: the types that it owns are its own to change
     */
    public PostgresEntityStore(DataSource dataSource, Catalog catalog, String instance) {
        this(dataSource, catalog, instance, StoreOptions.defaults());
    }

    public PostgresEntityStore(
            DataSource dataSource, Catalog catalog, String instance, StoreOptions options) {
        this(dataSource, catalog, instance, options, ThreadLocalRandom::current);
    }

    PostgresEntityStore(
            DataSource dataSource,
            Catalog catalog,
            String instance,
            StoreOptions options,
            Supplier<? extends RandomGenerator> random) {
        Tables tables = new Tables(catalog);
        this.rows = new AllRows(tables);
        this.aliases = new Aliases(catalog, rows);
        this.claims = new Claims(tables, catalog, instance);
        this.foresight = new Foresight(options.carefulBatches(), options.placedAhead());
        this.batchApply = new BatchApply(catalog, rows, claims, foresight, options.copiedRows());
        this.transactions = new Transactions(dataSource, options, random);
        this.schemas = new KnownSchemas(catalog);
    }

    /**
     * How many transactions were run again because they lost a race (deadlock, serialization, an
     * alternate key that somebody else came to hold), since this store was made.
     */
    public long lostRaces() {
        return transactions.lostRaces();
    }

    @Override
    public List<Outcome> apply(List<ChangeEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Batch batch = Batch.of(events);
        return batch.outcomes(apply(batch));
    }

    private Map<Integer, Outcome> apply(Batch batch) {
        String doing = "apply %d changes".formatted(batch.changes().size());
        Optional<Mode> mode = Optional.of(foresight.mode());
        while (mode.isPresent()) {
            Mode attempted = mode.get();
            try {
                Optional<Map<Integer, Outcome>> outcomes =
                        transactions.runQueued(
                                doing,
                                statements ->
                                        batchApply.all(statements, batch.changes(), attempted));
                if (outcomes.isPresent()) {
                    return outcomes.get();
                }
                mode = Optional.of(attempted.with(Referring.PLACED));
            } catch (SQLException e) {
                if (SqlFailure.of(e) != SqlFailure.REFUSED) {
                    throw SqlFailure.fault(doing, e);
                }
                mode = moreCareful(attempted, e);
            }
        }
        try {
            return transactions.runQueued(
                    doing, statements -> batchApply.isolating(statements, batch.changes()));
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    /** Empty if it is a row that was refused, and not an assumption. */
    private Optional<Mode> moreCareful(Mode attempted, SQLException refusal) {
        if (!attempted.referring().looks()
                && SqlFailure.state(refusal).equals(SqlFailure.FOREIGN_KEY)) {
            foresight.missing();
            return Optional.of(
                    attempted.with(
                            attempted.referring() == Referring.OPTIMISTIC
                                    ? Referring.LOOKING
                                    : Referring.CAREFUL));
        }
        return attempted.claiming() == Claiming.OPTIMISTIC && claims.areTaken(refusal)
                ? Optional.of(attempted.claimingCarefully())
                : Optional.empty();
    }

    @Override
    public <T> T write(TransactionWork<T> work) {
        Care care = new Care();
        try {
            return transactions.runQueued(
                    "write",
                    statements -> {
                        PostgresTransaction transaction =
                                new PostgresTransaction(
                                        statements, rows, aliases, claims, care, schemas);
                        T result = work.run(transaction);
                        transaction.finish();
                        return result;
                    });
        } catch (RowRefusedException e) {
            requireWritable(e);
            throw e;
        } catch (SQLException e) {
            // At the commit, by a constraint that is checked only then.
            throw SqlFailure.of(e) == SqlFailure.REFUSED
                    ? new RowRefusedException(SqlFailure.state(e), SqlFailure.message(e), e)
                    : SqlFailure.fault("write", e);
        }
    }

    /** In a transaction of its own: the one that was refused takes nothing more. */
    private void requireWritable(RowRefusedException refused) {
        if (refused.getCause() instanceof SQLException refusal) {
            try {
                transactions.run(
                        "try a write",
                        connection -> {
                            ProgramLimit.requireWritable(connection, refusal);
                            return true;
                        });
            } catch (SQLException e) {
                throw SqlFailure.fault("try a write", e);
            }
        }
    }

    @Override
    public Optional<EntityRow> read(EntityId id) {
        return transactions.read(
                "read " + id, connection -> rows.of(id.type()).read(connection, id.key()));
    }

    @Override
    public Optional<EntityRow> find(AlternateId id) {
        return transactions.read(
                "find " + id,
                connection -> {
                    AlternateId meant = aliases.meant(connection, List.of(id)).getOrDefault(id, id);
                    EntityId holder = claims.holders(connection, List.of(meant)).get(meant);
                    return holder == null
                            ? Optional.empty()
                            : rows.of(id.type()).read(connection, holder.key());
                });
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

    @Override
    public Map<EntityId, String> names(Collection<EntityId> placeholders) {
        return transactions.read(
                "read names of placeholders",
                connection -> NameHints.read(connection, placeholders));
    }
}
