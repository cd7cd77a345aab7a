package dev.understudy.store.postgres;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch of change events, as far as it is decided without the database.
 *
 * @param events how many there are
 * @param changes one for each entity, the one of the highest version, in the order of locking
 * @param decided outcomes by the index of the event, of those that are not in {@code changes}
 */
record Batch(int events, List<Change> changes, Map<Integer, Outcome> decided) {
    /** A value that no column is meant to hold. */
    private static final String INVALID_VALUE = "22023";

    /** The highest version of an entity first; of one version the first that came. */
    private static final Comparator<Change> ORDER =
            (one, other) -> {
                int byEntity = one.id().compareTo(other.id());
                return byEntity == 0
                        ? other.row().version().compareTo(one.row().version())
                        : byEntity;
            };

    /**
     * What one event does.
     *
     * @param index of the event in its batch
     * @param superseded the other events of the entity, highest first, should this be refused
     */
    record Change(int index, EntityId id, StoredRow row, List<Change> superseded) {
        Change superseding(List<Change> others) {
            return new Change(index, id, row, List.copyOf(others));
        }

        EntityType type() {
            return id.type();
        }
    }

    static Batch of(List<ChangeEvent> events) {
        Map<Integer, Outcome> decided = new HashMap<>();
        List<Change> all = new ArrayList<>(events.size());
        for (int index = 0; index < events.size(); index++) {
            ChangeEvent event = events.get(index);
            try {
                EntityId id = new EntityId(event.type(), event.key());
                all.add(new Change(index, id, StoredRow.of(event, index), List.of()));
            } catch (IllegalArgumentException e) {
                String why = String.valueOf(e.getMessage());
                decided.put(index, new Outcome.Refused(INVALID_VALUE, why));
            }
        }
        all.sort(ORDER);
        List<Change> changes = new ArrayList<>(all.size());
        for (int from = 0, to; from < all.size(); from = to) {
            to = from + 1;
            while (to < all.size() && all.get(to).id().equals(all.get(from).id())) {
                decided.put(all.get(to).index(), new Outcome.Stale());
                to++;
            }
            Change highest = all.get(from);
            changes.add(to == from + 1 ? highest : highest.superseding(all.subList(from + 1, to)));
        }
        return new Batch(events.size(), List.copyOf(changes), decided);
    }

    /** All outcomes, in the order of the events, given those of what was applied. */
    List<Outcome> outcomes(Map<Integer, Outcome> applied) {
        @Nullable Outcome[] all = new Outcome[events];
        decided.forEach((index, outcome) -> all[index] = outcome);
        applied.forEach((index, outcome) -> all[index] = outcome);
        return Arrays.stream(all).<Outcome>map(Objects::requireNonNull).toList();
    }
}
