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
import java.util.stream.IntStream;

/** The store as a map: what PostgreSQL is compared with. */
public final class ModelEntityStore implements EntityStore {
    private final Catalog catalog;
    private ModelRows rows;

    public ModelEntityStore(Catalog catalog, String instance) {
        this.catalog = catalog;
        this.rows = new ModelRows(catalog, instance);
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
                outcomes[index] = decide(rows.row(id), event);
                EntityRow row = row(event);
                if (!(outcomes[index] instanceof Outcome.Stale)) {
                    rows.put(row, event.metadata().position());
                    references.addAll(references(row.content()));
                }
            }
        }
        references.forEach(rows::place);
        Set<EntityId> awaited = rows.settle();
        winners.forEach((id, index) -> {
            if (awaited.contains(id) && outcomes[index] instanceof Outcome.Applied) {
                outcomes[index] = new Outcome.Hydrated(Duration.ZERO);
            }
        });
        return Arrays.asList(outcomes);
    }

    @Override
    public synchronized <T> T write(TransactionWork<T> work) {
        for (int attempt = 0; attempt < 3; attempt++) {
            ModelTransaction transaction = new ModelTransaction();
            boolean committed = false;
            try {
                T result = work.run(transaction);
                committed = true;
                return result;
            } catch (LostRaceException _) {
                // Again.
            } finally {
                if (!committed) {
                    transaction.rollBack();
                }
            }
        }
        throw new StoreException(Severity.RETRYABLE, "lost three races", null);
    }

    @Override
    public synchronized Optional<EntityRow> read(EntityId id) {
        return Optional.ofNullable(rows.row(rows.entity(id)));
    }

    @Override
    public synchronized Optional<EntityRow> find(AlternateId id) {
        return rows.holder(meant(id)).map(rows::row);
    }

    @Override
    public synchronized List<EntityRow> page(
            EntityType type, Optional<EntityKey> after, int limit) {
        return rows.all().stream()
                .filter(row -> row.content().type().equals(type))
                .filter(row ->
                        row.state() == RecordState.HYDRATED
                                || row.state() == RecordState.PLACEHOLDER)
                .filter(row -> after.isEmpty() || row.id().key().compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        Map<EntityId, RecordState> states = new HashMap<>();
        for (EntityId id : ids) {
            EntityRow row = rows.row(id);
            if (row != null) {
                states.put(id, row.state());
            }
        }
        return states;
    }

    /** As a subset's withdrawals do. */
    synchronized Set<EntityId> withdraw(List<ChangeEvent> events) {
        Set<EntityId> stale = new HashSet<>();
        for (ChangeEvent event : events) {
            EntityId id = new EntityId(event.type(), event.key());
            EntityRow row = rows.row(id);
            if (row != null && row.version().compareTo(event.version()) >= 0) {
                stale.add(id);
            } else if (row != null) {
                EntityContent key = EntityContent.ofKey(id.type(), id.key());
                rows.put(
                        new EntityRow(
                                key,
                                RecordState.PLACEHOLDER,
                                event.version(),
                                event.metadata().time()),
                        event.metadata().position());
            }
        }
        rows.settle();
        return stale;
    }

    public synchronized List<EntityRow> all() {
        return rows.all();
    }

    private Set<EntityId> references(EntityContent content) {
        Set<EntityId> references = new HashSet<>();
        for (EntityField field : content.type().references()) {
            EntityKey key = content.reference(field);
            if (key != null) {
                references.add(new EntityId(catalog.target(field), key));
            }
        }
        return references;
    }

    private AlternateId meant(AlternateId id) {
        return id.in(rows.withoutAliases(id.content()));
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

    /** Copies the rows before its first change, so that others may commit until then. */
    private final class ModelTransaction implements StoreTransaction {
        private ModelRows before;

        void change() {
            if (before == null) {
                before = rows;
                rows = rows.copy();
            }
        }

        void rollBack() {
            if (before != null) {
                rows = before;
            }
        }

        @Override
        public Optional<EntityRow> lock(EntityId id) {
            return read(id);
        }

        @Override
        public Map<EntityId, RecordState> place(Collection<EntityId> ids) {
            change();
            ids.forEach(rows::place);
            return states(ids);
        }

        @Override
        public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
            return ModelEntityStore.this.states(ids);
        }

        @Override
        public Map<AlternateId, EntityId> resolve(Collection<AlternateId> ids) {
            change();
            Map<AlternateId, EntityId> resolved = new HashMap<>();
            for (AlternateId id : ids) {
                rows.resolve(meant(id)).ifPresent(found -> resolved.put(id, found));
            }
            return resolved;
        }

        @Override
        public EntityContent withoutAliases(EntityContent content) {
            return rows.withoutAliases(content);
        }

        @Override
        public void save(EntityRow row) {
            change();
            EntityContent content = kept(row);
            if (row.state() == RecordState.HYDRATED && !complete(content)) {
                throw new RowRefusedException("23514", "incomplete", null);
            }
            EntityRow old = rows.row(row.id());
            if (old != null && old.version().compareTo(row.version()) >= 0) {
                throw new LostRaceException("not above the stored version", null);
            }
            if (row.state() == RecordState.HYDRATED && rows.isTaken(content)) {
                throw new RowRefusedException("23505", "alternate key", null);
            }
            rows.put(new EntityRow(content, row.state(), row.version(), row.changedAt()), null);
            for (EntityId reference : references(content)) {
                if (rows.row(reference) == null) {
                    throw new RowRefusedException("23503", "missing reference", null);
                }
            }
            rows.settle();
        }

        @Override
        public void emit(String prefix, byte[] message) {
            // A map has no WAL.
        }
    }
}
