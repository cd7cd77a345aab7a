package dev.understudy.store.postgres;

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

/** What a batch's changes refer to and do not make themselves, and what there is of it. */
final class Outside {
    private final Map<String, Sought> byType = new TreeMap<>();
    private final TreeSet<EntityId> provisional = new TreeSet<>();
    private final Map<EntityId, RecordState> states = new HashMap<>();

    /** Of one type, those that are not known to be there. */
    private record Sought(EntityType type, Set<EntityKey> missing) {}

    private Outside() {}

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
        Outside outside = new Outside();
        for (Change change : changes) {
            for (EntityField field : change.type().references()) {
                EntityKey key = change.row().content().reference(field);
                if (key != null && AlternateId.mayBeProvisional(key)) {
                    outside.provisional.add(new EntityId(catalog.target(field), key));
                } else if (key != null && referring == Referring.CAREFUL) {
                    outside.sought(catalog.target(field)).add(key);
                }
            }
        }
        changes.forEach(outside::without);
        outside.byType.values().removeIf(sought -> sought.missing().isEmpty());
        for (Sought sought : outside.byType.values()) {
            rows.of(sought.type())
                    .removePresent(statements, List.copyOf(sought.missing()), sought.missing());
        }
        rows.heldStates(statements, outside.provisional, outside.states);
        return outside;
    }

    /** What has no row, as far as it was asked for. */
    List<EntityId> missing() {
        List<EntityId> missing = new ArrayList<>();
        for (Sought sought : byType.values()) {
            sought.missing().forEach(key -> missing.add(new EntityId(sought.type(), key)));
        }
        provisional.stream().filter(id -> !states.containsKey(id)).forEach(missing::add);
        return missing;
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
