package dev.understudy.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import java.util.ArrayList;
import java.util.Collection;
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
 * @param decided outcomes by the index of the event, of those that are no change
 * @param superseded the indexes of the events below the highest version
 */
record Batch(
        List<Change> changes,
        Map<Integer, Outcome> decided,
        Map<EntityId, List<Integer>> superseded) {
    /** A value that no column is meant to hold. */
    private static final String INVALID_VALUE = "22023";

    /**
     * What one event does.
     *
     * @param index of the event in its batch
     * @param references what the row refers to, so what must be there
     */
    record Change(int index, EntityId id, StoredRow row, Set<EntityId> references) {}

    static Batch of(Catalog catalog, List<ChangeEvent> events) {
        Map<Integer, Outcome> decided = new HashMap<>();
        Map<EntityId, List<Integer>> superseded = new HashMap<>();
        TreeMap<EntityId, Change> changes = new TreeMap<>();
        for (int index = 0; index < events.size(); index++) {
            ChangeEvent event = events.get(index);
            EntityId id = new EntityId(event.type(), event.key());
            Change change;
            try {
                change = new Change(index, id, StoredRow.of(event), references(catalog, event));
            } catch (IllegalArgumentException e) {
                decided.put(
                        index, new Outcome.Refused(INVALID_VALUE, String.valueOf(e.getMessage())));
                continue;
            }
            Change other = changes.get(id);
            if (other == null) {
                changes.put(id, change);
                continue;
            }
            boolean newer = other.row().version().compareTo(change.row().version()) < 0;
            if (newer) {
                changes.put(id, change);
            }
            int loser = newer ? other.index() : index;
            decided.put(loser, new Outcome.Stale());
            superseded.computeIfAbsent(id, _ -> new ArrayList<>()).add(loser);
        }
        return new Batch(List.copyOf(changes.values()), decided, superseded);
    }

    /** What these changes refer to and do not make themselves. */
    static Set<EntityId> outside(Collection<Change> changes) {
        Set<EntityId> outside = new LinkedHashSet<>();
        changes.forEach(change -> outside.addAll(change.references()));
        changes.forEach(change -> outside.remove(change.id()));
        return outside;
    }

    private static Set<EntityId> references(Catalog catalog, ChangeEvent event) {
        Set<EntityId> references = new LinkedHashSet<>();
        if (event.metadata().kind() == ChangeKind.UPSERTED) {
            for (EntityField field : event.type().references()) {
                EntityKey key = event.content().reference(field);
                if (key != null) {
                    references.add(new EntityId(catalog.target(field), key));
                }
            }
        }
        return references;
    }

    /**
     * The events that a later one superseded which turned out to be refused: not stale after all.
     */
    List<Integer> behindRefused(List<Outcome> outcomes) {
        return changes.stream()
                .filter(change -> outcomes.get(change.index()) instanceof Outcome.Refused)
                .flatMap(change -> superseded.getOrDefault(change.id(), List.of()).stream())
                .sorted()
                .toList();
    }

    /** The outcomes in the order of the events. */
    List<Outcome> outcomes(Map<Integer, Outcome> applied) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int index = 0; index < decided.size() + changes.size(); index++) {
            Outcome outcome = decided.get(index);
            outcomes.add(outcome == null ? applied.get(index) : outcome);
        }
        return List.copyOf(outcomes);
    }
}
