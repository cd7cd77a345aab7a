package dev.understudy.store.postgres;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.store.EntityId;
import dev.understudy.store.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A batch of change events, as far as it is decided without the database.
 *
 * @param changes one for each entity, the one of the highest version, in the order of locking
 * @param decided outcomes by the index of the event, of those that are not in {@code changes}
 */
record Batch(List<Change> changes, Map<Integer, Outcome> decided) {
    /** A value that no column is meant to hold. */
    private static final String INVALID_VALUE = "22023";

    private static final Comparator<Change> HIGHEST_FIRST =
            Comparator.comparing((Change change) -> change.row().version()).reversed();

    /**
     * What one event does.
     *
     * @param index of the event in its batch
     * @param references what the row refers to, so what must be there
     * @param superseded the other events of the entity, highest first, should this be refused
     */
    record Change(
            int index,
            EntityId id,
            StoredRow row,
            Set<EntityId> references,
            List<Change> superseded) {
        Change superseding(List<Change> others) {
            return new Change(index, id, row, references, List.copyOf(others));
        }
    }

    static Batch of(Catalog catalog, List<ChangeEvent> events) {
        Map<Integer, Outcome> decided = new HashMap<>();
        TreeMap<EntityId, List<Change>> byEntity = new TreeMap<>();
        for (int index = 0; index < events.size(); index++) {
            try {
                Change change = change(catalog, index, events.get(index));
                byEntity.computeIfAbsent(change.id(), _ -> new ArrayList<>()).add(change);
            } catch (IllegalArgumentException e) {
                String why = String.valueOf(e.getMessage());
                decided.put(index, new Outcome.Refused(INVALID_VALUE, why));
            }
        }
        List<Change> changes = new ArrayList<>();
        for (List<Change> ofOne : byEntity.values()) {
            ofOne.sort(HIGHEST_FIRST);
            List<Change> superseded = ofOne.subList(1, ofOne.size());
            superseded.forEach(change -> decided.put(change.index(), new Outcome.Stale()));
            changes.add(ofOne.getFirst().superseding(superseded));
        }
        return new Batch(List.copyOf(changes), decided);
    }

    /** What these changes refer to and do not make themselves. */
    static Set<EntityId> outside(Collection<Change> changes) {
        Set<EntityId> outside = new LinkedHashSet<>();
        changes.forEach(change -> outside.addAll(change.references()));
        changes.forEach(change -> outside.remove(change.id()));
        return outside;
    }

    /** All outcomes, in the order of the events, given those of what was applied. */
    List<Outcome> outcomes(Map<Integer, Outcome> applied) {
        Map<Integer, Outcome> all = new TreeMap<>(decided);
        all.putAll(applied);
        return List.copyOf(all.values());
    }

    private static Change change(Catalog catalog, int index, ChangeEvent event) {
        EntityId id = new EntityId(event.type(), event.key());
        StoredRow row = StoredRow.of(event);
        Set<EntityId> references = References.of(catalog, row.content());
        return new Change(index, id, row, references, List.of());
    }
}
