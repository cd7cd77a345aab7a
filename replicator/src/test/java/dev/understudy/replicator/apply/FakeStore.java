package dev.understudy.replicator.apply;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
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
import dev.understudy.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Versions in memory; can be away, can refuse, and knows placeholders that it is told of. */
public final class FakeStore implements EntityStore {
    public final Map<EntityId, Version> versions = new ConcurrentHashMap<>();
    public final List<Integer> batches = new ArrayList<>();
    public final Set<EntityKey> placeholders = new HashSet<>();
    public final Set<EntityKey> refused = new HashSet<>();
    public volatile boolean away;

    @Override
    public synchronized List<Outcome> apply(List<ChangeEvent> events) {
        if (away) {
            throw new StoreException(Severity.RETRYABLE, "the database is away", null);
        }
        batches.add(events.size());
        return events.stream().map(this::apply).toList();
    }

    private Outcome apply(ChangeEvent event) {
        if (refused.contains(event.key())) {
            return new Outcome.Refused("23514", "a check says no");
        }
        EntityId id = new EntityId(event.type(), event.key());
        Version stored = versions.getOrDefault(id, Version.NONE);
        if (event.version().compareTo(stored) <= 0) {
            return new Outcome.Stale();
        }
        versions.put(id, event.version());
        if (event.metadata().kind() == ChangeKind.DELETED) {
            return new Outcome.Deleted();
        }
        return placeholders.remove(event.key())
                ? new Outcome.Hydrated(Duration.ofMillis(1234))
                : new Outcome.Applied();
    }

    @Override
    public <T> T write(TransactionWork<T> work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<EntityRow> read(EntityId id) {
        return Optional.ofNullable(versions.get(id))
                .map(version ->
                        new EntityRow(
                                EntityContent.ofKey(id.type(), id.key()),
                                RecordState.HYDRATED,
                                version,
                                Instant.EPOCH));
    }

    @Override
    public Optional<EntityRow> find(AlternateId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<EntityRow> page(EntityType type, Optional<EntityKey> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        throw new UnsupportedOperationException();
    }
}
