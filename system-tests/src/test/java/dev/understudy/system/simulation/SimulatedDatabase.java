package dev.understudy.system.simulation;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ModelEntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.OutcomeUnknownException;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance's database: the model that PostgreSQL's store is held to, with locks of rows, a WAL,
 * and others who come between the statements of a transaction until it has changed something.
 */
public final class SimulatedDatabase implements EntityStore {
    private final ModelEntityStore model;
    private final World world;
    private final Consumer<SimulatedDatabase> observer;
    private final Map<EntityId, SimulatedWork> locks = new HashMap<>();
    private final List<Committed> wal = new ArrayList<>();
    private boolean away;

    /**
     * A transaction that wrote messages.
     *
     * @param lsn of its commit
     */
    public record Committed(long lsn, Instant at, List<byte[]> messages) {
        public Committed {
            messages = List.copyOf(messages);
        }

        /** What is confirmed when it is dealt with. */
        public long endLsn() {
            return lsn + 1;
        }
    }

    /**
     * @param observer is told after each commit
     */
    SimulatedDatabase(
            Catalog catalog, String instance, World world, Consumer<SimulatedDatabase> observer) {
        this.model = new ModelEntityStore(catalog, instance);
        this.world = world;
        this.observer = observer;
    }

    void away(boolean isAway) {
        away = isAway;
    }

    public boolean isAway() {
        return away;
    }

    public List<EntityRow> rows() {
        return model.all();
    }

    /** Transactions with messages in the order of their commits. */
    public List<Committed> wal() {
        return wal;
    }

    /** Where the next transaction will commit. */
    public long walEnd() {
        return 100L + 10L * wal.size();
    }

    Map<EntityId, SimulatedWork> locks() {
        return locks;
    }

    World world() {
        return world;
    }

    @Override
    public List<Outcome> apply(List<ChangeEvent> events) {
        world.danger();
        requireUp();
        List<Outcome> outcomes = model.apply(events);
        if (outcomes.contains(new Outcome.Stale())) {
            world.note(Happening.CAME_STALE);
        }
        observer.accept(this);
        world.danger();
        if (world.bad(40)) {
            throw new OutcomeUnknownException("no answer to a commit", new IllegalStateException());
        }
        return outcomes;
    }

    @Override
    public <T> T write(TransactionWork<T> work) {
        world.danger();
        requireUp();
        @Nullable SimulatedWork[] last = new SimulatedWork[1];
        try {
            T result =
                    model.write(transaction -> {
                        release(last[0]);
                        last[0] = new SimulatedWork(this, transaction);
                        T done = work.run(last[0]);
                        last[0].beforeCommit();
                        return done;
                    });
            if (last[0] != null && !last[0].messages().isEmpty()) {
                wal.add(new Committed(walEnd(), world.clock().instant(), last[0].messages()));
            }
            observer.accept(this);
            return result;
        } finally {
            release(last[0]);
        }
    }

    private void release(@Nullable SimulatedWork work) {
        if (work != null) {
            locks.values().removeIf(work::equals);
        }
    }

    private void requireUp() {
        if (away || world.bad(80)) {
            throw new StoreException(
                    UnderstudyException.Severity.RETRYABLE, "the database is away", null);
        }
    }

    @Override
    public Optional<EntityRow> read(EntityId id) {
        return model.read(id);
    }

    @Override
    public Optional<EntityRow> find(AlternateId id) {
        return model.find(id);
    }

    @Override
    public List<EntityRow> page(EntityType type, Optional<EntityKey> after, int limit) {
        return model.page(type, after, limit);
    }

    @Override
    public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        return model.states(ids);
    }
}
