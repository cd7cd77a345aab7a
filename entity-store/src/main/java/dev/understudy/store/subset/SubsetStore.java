package dev.understudy.store.subset;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A store that applies only events of entities that its catalog keeps. Of the others nothing is
 * stored, or a placeholder where a row is already. Thread-safe as the store below it.
 */
public final class SubsetStore implements EntityStore {
    private final EntityStore store;
    private final Withdrawals withdrawals;
    private final Catalog catalog;

    public SubsetStore(EntityStore store, Withdrawals withdrawals, Catalog catalog) {
        this.store = store;
        this.withdrawals = withdrawals;
        this.catalog = catalog;
    }

    /**
     * On PostgreSQL; the plain store if the catalog keeps everything.
     *
     * @param instance whose database it is
     */
    public static EntityStore over(DataSource dataSource, Catalog catalog, String instance) {
        EntityStore store = new PostgresEntityStore(dataSource, catalog, instance);
        return catalog.entries().stream().allMatch(entry -> entry.kept().isWhole())
                ? store
                : new SubsetStore(
                        store, new SqlWithdrawals(dataSource, catalog, instance), catalog);
    }

    @Override
    public List<Outcome> apply(List<ChangeEvent> events) {
        Map<EntityId, Integer> newest = new HashMap<>();
        for (int index = 0; index < events.size(); index++) {
            newest.merge(id(events.get(index)), index, (one, other) -> newer(events, one, other));
        }
        Map<EntityId, Integer> leftOut = new HashMap<>(newest);
        leftOut.values().removeIf(index -> !leavesOut(events.get(index)));
        if (leftOut.isEmpty()) {
            return store.apply(events);
        }
        Set<EntityId> stale =
                withdrawals.withdraw(leftOut.values().stream().map(events::get).toList());
        List<ChangeEvent> kept =
                events.stream().filter(event -> !leftOut.containsKey(id(event))).toList();
        Iterator<Outcome> applied = store.apply(kept).iterator();
        List<Outcome> outcomes = new ArrayList<>(events.size());
        for (int index = 0; index < events.size(); index++) {
            EntityId id = id(events.get(index));
            Integer last = leftOut.get(id);
            if (last == null) {
                outcomes.add(applied.next());
            } else if (last != index || stale.contains(id)) {
                outcomes.add(new Outcome.Stale());
            } else {
                outcomes.add(new Outcome.Outside());
            }
        }
        return outcomes;
    }

    private static int newer(List<ChangeEvent> events, int one, int other) {
        return events.get(one).version().compareTo(events.get(other).version()) < 0 ? other : one;
    }

    /** A deletion leaves its marker, wherever the entity was. */
    private boolean leavesOut(ChangeEvent event) {
        return event.metadata().kind() == ChangeKind.UPSERTED
                && !catalog.entry(event.type().fullName()).kept().holds(event.content());
    }

    private static EntityId id(ChangeEvent event) {
        return new EntityId(event.type(), event.key());
    }

    @Override
    public <T> T write(TransactionWork<T> work) {
        return store.write(work);
    }

    @Override
    public Optional<EntityRow> read(EntityId id) {
        return store.read(id);
    }

    @Override
    public Optional<EntityRow> find(AlternateId id) {
        return store.find(id);
    }

    @Override
    public List<EntityRow> page(EntityType type, Optional<EntityKey> after, int limit) {
        return store.page(type, after, limit);
    }

    @Override
    public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        return store.states(ids);
    }

    @Override
    public Map<EntityId, Instant> placements(Collection<EntityId> ids) {
        return store.placements(ids);
    }
}
