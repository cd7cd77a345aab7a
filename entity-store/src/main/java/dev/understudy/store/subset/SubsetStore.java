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
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
        if (events.stream().noneMatch(this::leavesOut)) {
            return store.apply(events);
        }
        Map<EntityId, Integer> leftOut = newest(events, _ -> true);
        leftOut.values().removeIf(index -> !leavesOut(events.get(index)));
        Outcome[] outcomes = new Outcome[events.size()];
        Arrays.fill(outcomes, new Outcome.Stale());
        withdraw(events, leftOut, outcomes);
        Set<EntityId> refused = new HashSet<>();
        List<Integer> kept =
                IntStream.range(0, events.size())
                        .filter(index -> !leftOut.containsKey(id(events.get(index))))
                        .filter(index -> !leavesOut(events.get(index)))
                        .boxed()
                        .toList();
        Iterator<Outcome> applied = store.apply(kept.stream().map(events::get).toList()).iterator();
        for (int index : kept) {
            outcomes[index] = applied.next();
            if (outcomes[index] instanceof Outcome.Refused) {
                refused.add(id(events.get(index)));
            }
        }
        // What a refused event had superseded gets its turn.
        withdraw(
                events,
                newest(events, event -> leavesOut(event) && refused.contains(id(event))),
                outcomes);
        return List.of(outcomes);
    }

    private void withdraw(
            List<ChangeEvent> events, Map<EntityId, Integer> indexes, Outcome[] outcomes) {
        if (indexes.isEmpty()) {
            return;
        }
        withdraw(events, List.copyOf(indexes.values()), outcomes);
    }

    /** All at once; what the database refuses is found by halving. */
    private void withdraw(List<ChangeEvent> events, List<Integer> indexes, Outcome[] outcomes) {
        try {
            Set<EntityId> stale = withdrawals.withdraw(indexes.stream().map(events::get).toList());
            for (int index : indexes) {
                outcomes[index] =
                        stale.contains(id(events.get(index)))
                                ? new Outcome.Stale()
                                : new Outcome.Outside();
            }
        } catch (RowRefusedException e) {
            if (indexes.size() == 1) {
                outcomes[indexes.getFirst()] =
                        new Outcome.Refused(e.sqlState(), String.valueOf(e.getMessage()));
                return;
            }
            int half = indexes.size() / 2;
            withdraw(events, indexes.subList(0, half), outcomes);
            withdraw(events, indexes.subList(half, indexes.size()), outcomes);
        }
    }

    /** Of those of these events that count, the one of the highest version of each entity. */
    private static Map<EntityId, Integer> newest(
            List<ChangeEvent> events, Predicate<ChangeEvent> counts) {
        Map<EntityId, Integer> newest = new HashMap<>();
        for (int index = 0; index < events.size(); index++) {
            if (counts.test(events.get(index))) {
                newest.merge(
                        id(events.get(index)), index, (one, other) -> newer(events, one, other));
            }
        }
        return newest;
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
