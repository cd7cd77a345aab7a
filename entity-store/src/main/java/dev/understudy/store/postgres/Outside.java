package dev.understudy.store.postgres;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import dev.understudy.store.postgres.Batch.Change;
import dev.understudy.store.postgres.Mode.Referring;
import dev.understudy.store.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a batch's changes refer to and do not make themselves, and what there is of it. */
final class Outside {
    private final Statements statements;
    private final AllRows rows;
    private final Catalog catalog;
    private final Collection<Change> changes;
    private final Map<String, Sought> byType = new TreeMap<>();
    private final TreeSet<EntityId> provisional = new TreeSet<>();
    private final Map<EntityId, RecordState> states = new HashMap<>();

    /** Of one type, those that are not known to be there. */
    private record Sought(EntityType type, Set<EntityKey> missing) {}

    private Outside(
            Statements statements, AllRows rows, Catalog catalog, Collection<Change> changes) {
        this.statements = statements;
        this.rows = rows;
        this.catalog = catalog;
        this.changes = changes;
    }

    /**
     * Asks, with what is queued, for what may be missing. A placeholder with a provisional key must
     * not become an alias before this has committed: those are always looked at, and held.
     */
    static Outside of(
            Statements statements,
            AllRows rows,
            Catalog catalog,
            Collection<Change> changes,
            Referring referring)
            throws SQLException {
        Outside outside = new Outside(statements, rows, catalog, changes);
        for (Change change : changes) {
            for (EntityField field : change.type().references()) {
                EntityKey key = change.row().content().reference(field);
                if (key != null && AlternateId.mayBeProvisional(key)) {
                    outside.provisional.add(new EntityId(catalog.target(field), key));
                } else if (key != null && referring.looks()) {
                    outside.sought(catalog.target(field)).add(key);
                }
            }
        }
        changes.forEach(outside::without);
        outside.byType.values().removeIf(sought -> sought.missing().isEmpty());
        for (Sought sought : outside.byType.values()) {
            rows.of(sought.type())
                    .lookUps()
                    .removePresent(statements, List.copyOf(sought.missing()), sought.missing());
        }
        rows.heldStates(statements, outside.provisional, outside.states);
        return outside;
    }

    /**
     * What has no row, as far as it was asked for, once the statements have run. Not what only
     * stale events refer to: they change nothing.
     */
    List<EntityId> missing() throws SQLException {
        List<EntityId> missing = new ArrayList<>();
        for (Sought sought : byType.values()) {
            sought.missing().forEach(key -> missing.add(new EntityId(sought.type(), key)));
        }
        provisional.stream().filter(id -> !states.containsKey(id)).forEach(missing::add);
        if (missing.isEmpty()) {
            return missing;
        }
        Set<EntityId> wanted = wanted(new HashSet<>(missing));
        return missing.stream().filter(wanted::contains).toList();
    }

    /** Of these, what changes refer to that are not stale. */
    private Set<EntityId> wanted(Set<EntityId> missing) throws SQLException {
        Map<EntityId, Change> referring = new HashMap<>();
        for (Change change : changes) {
            eachReference(
                    change,
                    id -> {
                        if (missing.contains(id)) {
                            referring.put(change.id(), change);
                        }
                    });
        }
        Map<EntityId, Version> stored = rows.versions(statements.connection(), referring.keySet());
        if (stored.isEmpty()) {
            return missing;
        }
        Set<EntityId> wanted = new HashSet<>();
        referring.forEach((id, change) -> {
            Version version = stored.get(id);
            if (version == null || change.row().version().compareTo(version) > 0) {
                eachReference(change, wanted::add);
            }
        });
        return wanted;
    }

    private void eachReference(Change change, Consumer<EntityId> action) {
        for (EntityField field : change.type().references()) {
            EntityKey key = change.row().content().reference(field);
            if (key != null) {
                action.accept(new EntityId(catalog.target(field), key));
            }
        }
    }

    List<EntityId> aliases() {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue() == RecordState.ALIAS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Set<EntityKey> sought(EntityType type) {
        return byType.computeIfAbsent(type.fullName(), _ -> new Sought(type, new HashSet<>()))
                .missing();
    }

    private void without(Change change) {
        Sought sought = byType.get(change.type().fullName());
        if (sought != null) {
            sought.missing().remove(change.id().key());
        }
        if (!provisional.isEmpty()) {
            provisional.remove(change.id());
        }
    }
}
