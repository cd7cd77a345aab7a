package dev.understudy.store;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.sql.LostRaceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The store as a map: what PostgreSQL is compared with. */
final class ModelEntityStore implements EntityStore {
    private final Catalog catalog;
    private TreeMap<EntityId, EntityRow> rows = new TreeMap<>();

    ModelEntityStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What an event does to a row, which is null if there is none. */
    static Outcome decide(EntityRow row, ChangeEvent event) {
        if (row != null && row.version().compareTo(event.version()) >= 0) {
            return new Outcome.Stale();
        } else if (event.metadata().kind() == ChangeKind.DELETED) {
            return new Outcome.Deleted();
        } else if (row != null && row.state() == RecordState.PLACEHOLDER) {
            return new Outcome.Hydrated(Duration.ZERO);
        }
        return new Outcome.Applied();
    }

    @Override
    public synchronized List<Outcome> apply(List<ChangeEvent> events) {
        Outcome[] outcomes = new Outcome[events.size()];
        List<EntityId> references = new ArrayList<>();
        Map<EntityId, Integer> winners = new HashMap<>();
        for (int index : highestVersionFirst(events)) {
            ChangeEvent event = events.get(index);
            EntityId id = new EntityId(event.type(), event.key());
            if (winners.containsKey(id)) {
                outcomes[index] = new Outcome.Stale();
            } else if (event.metadata().kind() == ChangeKind.UPSERTED
                    && !complete(event.content())) {
                outcomes[index] = new Outcome.Refused("23514", "incomplete");
            } else {
                winners.put(id, index);
                outcomes[index] = decide(rows.get(id), event);
                if (!(outcomes[index] instanceof Outcome.Stale)) {
                    rows.put(id, row(event));
                }
                references.addAll(references(row(event).content()));
            }
        }
        references.forEach(this::place);
        return Arrays.asList(outcomes);
    }

    @Override
    public synchronized <T> T write(TransactionWork<T> work) {
        TreeMap<EntityId, EntityRow> before = new TreeMap<>(rows);
        for (int attempt = 0; attempt < 3; attempt++) {
            boolean committed = false;
            try {
                T result = work.run(new ModelTransaction());
                committed = true;
                return result;
            } catch (LostRaceException _) {
                // Again.
            } finally {
                rows = committed ? rows : new TreeMap<>(before);
            }
        }
        throw new StoreException(Severity.RETRYABLE, "lost three races", null);
    }

    @Override
    public synchronized Optional<EntityRow> read(EntityId id) {
        return Optional.ofNullable(rows.get(id));
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

    /** As a subset's withdrawals do. */
    synchronized Set<EntityId> withdraw(List<ChangeEvent> events) {
        Set<EntityId> stale = new HashSet<>();
        for (ChangeEvent event : events) {
            EntityId id = new EntityId(event.type(), event.key());
            EntityRow row = rows.get(id);
            if (row != null && row.version().compareTo(event.version()) >= 0) {
                stale.add(id);
            } else if (row != null) {
                EntityContent key = EntityContent.ofKey(id.type(), id.key());
                rows.put(
                        id,
                        new EntityRow(
                                key,
                                RecordState.PLACEHOLDER,
                                event.version(),
                                event.metadata().time()));
            }
        }
        return stale;
    }

    synchronized List<EntityRow> all() {
        return List.copyOf(rows.values());
    }

    private void place(EntityId id) {
        EntityContent key = EntityContent.ofKey(id.type(), id.key());
        rows.putIfAbsent(
                id, new EntityRow(key, RecordState.PLACEHOLDER, Version.NONE, Instant.EPOCH));
    }

    private List<EntityId> references(EntityContent content) {
        List<EntityId> references = new ArrayList<>();
        for (EntityField field : content.type().references()) {
            if (content.reference(field) != null) {
                references.add(new EntityId(catalog.target(field), content.reference(field)));
            }
        }
        return references;
    }

    private static List<Integer> highestVersionFirst(List<ChangeEvent> events) {
        return IntStream.range(0, events.size())
                .boxed()
                .sorted(
                        Comparator.comparing((Integer index) -> events.get(index).version())
                                .reversed())
                .toList();
    }

    private static boolean complete(EntityContent content) {
        return content.type().fields().stream()
                .allMatch(field -> !field.required() || content.value(field) != null);
    }

    private static EntityRow row(ChangeEvent event) {
        boolean upserted = event.metadata().kind() == ChangeKind.UPSERTED;
        return new EntityRow(
                upserted ? event.content() : EntityContent.ofKey(event.type(), event.key()),
                upserted ? RecordState.HYDRATED : RecordState.DELETED,
                event.version(),
                event.metadata().time());
    }

    private static EntityContent kept(EntityRow row) {
        if (row.version().equals(Version.NONE)) {
            throw new IllegalArgumentException("a placeholder is placed, not saved");
        }
        return row.state() == RecordState.DELETED
                ? EntityContent.ofKey(row.content().type(), row.content().key())
                : row.content();
    }

    private final class ModelTransaction implements StoreTransaction {
        @Override
        public Optional<EntityRow> lock(EntityId id) {
            return read(id);
        }

        @Override
        public Map<EntityId, RecordState> place(Collection<EntityId> ids) {
            ids.forEach(ModelEntityStore.this::place);
            return states(ids);
        }

        @Override
        public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
            return ModelEntityStore.this.states(ids);
        }

        @Override
        public void save(EntityRow row) {
            EntityContent content = kept(row);
            if (row.state() == RecordState.HYDRATED && !complete(content)) {
                throw new RowRefusedException("23514", "incomplete", null);
            }
            if (read(row.id())
                    .filter(old -> old.version().compareTo(row.version()) >= 0)
                    .isPresent()) {
                throw new LostRaceException("not above the stored version", null);
            }
            rows.put(row.id(), new EntityRow(content, row.state(), row.version(), row.changedAt()));
            if (!rows.keySet().containsAll(references(content))) {
                throw new RowRefusedException("23503", "missing reference", null);
            }
        }

        @Override
        public void emit(String prefix, byte[] message) {
            // A map has no WAL.
        }
    }
}
