package dev.understudy.instance;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import dev.understudy.store.ledger.Awaited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory, one transaction at a time; knows no constraints. */
public final class MemoryStore implements EntityStore {
    private final TreeMap<EntityId, EntityRow> rows = new TreeMap<>();
    private final List<List<EntityId>> placements = new ArrayList<>();
    private final List<Awaited> settled = new ArrayList<>();
    private final List<Map<EntityId, String>> hints = new ArrayList<>();

    /** What was asked for in each call of {@code place}, in the order given. */
    public synchronized List<List<EntityId>> placements() {
        return List.copyOf(placements);
    }

    /** What was taken away, as far as it is committed. */
    public synchronized List<Awaited> settled() {
        return List.copyOf(settled);
    }

    /** The names that were noted, in the calls that noted them. */
    public synchronized List<Map<EntityId, String>> hints() {
        return List.copyOf(hints);
    }

    public synchronized void put(EntityRow row) {
        rows.put(row.id(), row);
    }

    @Override
    public List<Outcome> apply(List<ChangeEvent> events) {
        throw new UnsupportedOperationException("replicators apply");
    }

    @Override
    public synchronized <T> T write(TransactionWork<T> work) {
        Map<EntityId, EntityRow> before = new HashMap<>(rows);
        int settledBefore = settled.size();
        try {
            return work.run(new Transaction());
        } catch (RuntimeException | Error e) {
            rows.clear();
            rows.putAll(before);
            settled.subList(settledBefore, settled.size()).clear();
            throw e;
        }
    }

    @Override
    public synchronized Optional<EntityRow> read(EntityId id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public Optional<EntityRow> find(AlternateId id) {
        throw new UnsupportedOperationException("knows no alternate keys");
    }

    @Override
    public synchronized List<EntityRow> page(
            EntityType type, Optional<EntityKey> after, int limit) {
        return rows.values().stream()
                .filter(row -> row.content().type().equals(type))
                .filter(row -> row.state() != RecordState.DELETED)
                .filter(row -> after.isEmpty() || row.id().key().compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        Map<EntityId, RecordState> states = new HashMap<>();
        ids.forEach(id -> read(id).ifPresent(row -> states.put(id, row.state())));
        return states;
    }

    private final class Transaction implements StoreTransaction {
        @Override
        public Optional<EntityRow> lock(EntityId id) {
            return read(id);
        }

        @Override
        public Map<EntityId, RecordState> place(Collection<EntityId> ids) {
            placements.add(List.copyOf(ids));
            for (EntityId id : ids) {
                rows.putIfAbsent(
                        id,
                        new EntityRow(
                                EntityContent.ofKey(id.type(), id.key()),
                                RecordState.PLACEHOLDER,
                                Version.NONE,
                                Instant.EPOCH));
            }
            return states(ids);
        }

        @Override
        public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
            return MemoryStore.this.states(ids);
        }

        @Override
        public Map<AlternateId, EntityId> resolve(Collection<AlternateId> ids) {
            throw new UnsupportedOperationException("knows no alternate keys");
        }

        @Override
        public EntityContent withoutAliases(EntityContent content) {
            return content;
        }

        @Override
        public void save(EntityRow row) {
            rows.put(row.id(), row);
        }

        @Override
        public void hint(Map<EntityId, String> names) {
            hints.add(Map.copyOf(names));
        }

        @Override
        public boolean settle(Awaited awaited) {
            return settled.add(awaited);
        }

        @Override
        public void emit(String prefix, byte[] message) {
            throw new UnsupportedOperationException("publications emit");
        }
    }
}
