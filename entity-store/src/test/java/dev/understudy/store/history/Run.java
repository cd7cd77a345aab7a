package dev.understudy.store.history;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A history on one store; two runs of one history must tell the same of every step. */
final class Run {
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");

    private final Catalog catalog;
    private final EntityStore store;
    private final Set<EntityId> provisional = new LinkedHashSet<>();

    Run(Catalog catalog, EntityStore store) {
        this.catalog = catalog;
        this.store = store;
    }

    /** Does it, and tells what came of it. */
    Object run(Step step) {
        return switch (step) {
            case Step.Apply apply ->
                    store.apply(apply.events()).stream().<Class<?>>map(Outcome::getClass).toList();
            case Step.Refer refer -> {
                EntityId id = resolve(refer.id());
                provisional.add(id);
                yield List.of(id, timeless(store.find(refer.id())));
            }
            case Step.Write write -> written(transaction -> write(transaction, write));
            case Step.Delete delete -> written(transaction -> delete(transaction, delete.id()));
            // Refused where the reference is part of an alternate key that is taken by then.
            case Step.Move move -> written(transaction -> move(transaction, move.id()));
        };
    }

    private Object written(EntityStore.TransactionWork<Object> work) {
        try {
            return store.write(work);
        } catch (RowRefusedException e) {
            return e.sqlState();
        }
    }

    /** The states and rows of these, and of all provisional keys that the history met. */
    Map<EntityId, Object> rows(Collection<EntityId> entities) {
        Set<EntityId> ids = new LinkedHashSet<>(entities);
        ids.addAll(provisional);
        Map<EntityId, RecordState> states = store.states(ids);
        Map<EntityId, Object> rows = new HashMap<>();
        states.forEach((id, state) -> rows.put(id, List.of(state, timeless(store.read(id)))));
        return rows;
    }

    /** The keys that this run was given for alternate keys. */
    Set<EntityId> provisional() {
        return Set.copyOf(provisional);
    }

    long count(RecordState state) {
        return store.states(provisional).values().stream().filter(state::equals).count();
    }

    private EntityId resolve(AlternateId id) {
        return store.write(
                        transaction -> {
                            // A reference in it must lead somewhere, as every write's.
                            place(transaction, placeholderOf(id));
                            return transaction.resolve(List.of(id));
                        })
                .get(id);
    }

    private Optional<EntityContent> write(StoreTransaction transaction, Step.Write write) {
        EntityContent content = write.content();
        EntityId id = new EntityId(content.type(), content.key());
        Optional<EntityRow> before = transaction.lock(id);
        for (AlternateId other : write.byAlternateKey().values()) {
            place(transaction, placeholderOf(other));
        }
        Map<AlternateId, EntityId> resolved = transaction.resolve(write.byAlternateKey().values());
        for (Map.Entry<EntityField, AlternateId> reference : write.byAlternateKey().entrySet()) {
            EntityId found = resolved.get(reference.getValue());
            provisional.add(found);
            content = content.with(reference.getKey(), found.key().value());
        }
        content = transaction.withoutAliases(content);
        place(transaction, content);
        save(transaction, content, before);
        return Optional.of(content);
    }

    private void place(StoreTransaction transaction, EntityContent content) {
        transaction.place(references(transaction.withoutAliases(content)));
    }

    private static boolean delete(StoreTransaction transaction, EntityId id) {
        Optional<EntityRow> before =
                transaction.lock(id).filter(row -> row.state() == RecordState.HYDRATED);
        before.ifPresent(row ->
                transaction.save(
                        new EntityRow(
                                row.content(), RecordState.DELETED, row.version().next(), TIME)));
        return before.isPresent();
    }

    private boolean move(StoreTransaction transaction, EntityId id) {
        Optional<EntityRow> before =
                transaction.lock(id).filter(row -> row.state() == RecordState.HYDRATED);
        if (before.isEmpty()) {
            return false;
        }
        EntityContent content = transaction.withoutAliases(before.get().content());
        boolean moves = !content.equals(before.get().content());
        if (moves) {
            save(transaction, content, before);
        }
        return moves;
    }

    private static void save(
            StoreTransaction transaction, EntityContent content, Optional<EntityRow> before) {
        Version version = before.map(EntityRow::version).orElse(Version.NONE).next();
        transaction.save(new EntityRow(content, RecordState.HYDRATED, version, TIME));
    }

    private static EntityContent placeholderOf(AlternateId id) {
        EntityContent content = EntityContent.ofKey(id.type(), id.provisionalKey(0).orElseThrow());
        for (EntityField field : id.key().fields()) {
            content = content.with(field, id.values().get(id.key().fields().indexOf(field)));
        }
        return content;
    }

    /** Sorted, as every writer places. */
    private Set<EntityId> references(EntityContent content) {
        Set<EntityId> references = new TreeSet<>();
        for (EntityField field : content.type().references()) {
            EntityKey key = content.reference(field);
            if (key != null) {
                references.add(new EntityId(catalog.target(field), key));
            }
        }
        return references;
    }

    /** The database's clock says when a placeholder was placed. */
    private static List<Object> timeless(Optional<EntityRow> row) {
        List<Object> parts = new ArrayList<>();
        row.ifPresent(read -> {
            parts.add(read.content());
            parts.add(read.state());
            parts.add(read.version());
            parts.add(read.ceded());
            if (read.state() != RecordState.PLACEHOLDER) {
                parts.add(read.changedAt());
            }
        });
        return parts;
    }
}
