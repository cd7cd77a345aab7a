package dev.understudy.store.postgres;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.RecordState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that claim values of one alternate key, and who is to have them. Rows that were seen in an
 * owner's database can claim one value only because an event that gives it up has not come, so the
 * claim of the highest position is the true one.
 *
 * @param all in the order of keys, which breaks the tie of one position
 */
record Claimants(List<Claimant> all) {
    /**
     * A placeholder yields to every entity. A claim by an owned row, which has no position, is as
     * old as can be.
     */
    private static final Comparator<Claimant> STRONGEST_FIRST =
            Comparator.comparing((Claimant claimant) -> claimant.state() == RecordState.PLACEHOLDER)
                    .thenComparing(
                            Claimant::position,
                            Comparator.nullsLast(Comparator.<Position>naturalOrder().reversed()));

    Claimants {
        all = List.copyOf(all);
    }

    /**
     * One row.
     *
     * @param ceding whether it claims the values without holding them
     */
    record Claimant(
            EntityKey key,
            RecordState state,
            boolean ceding,
            @Nullable Position position,
            List<String> values) {}

    /**
     * What is to change, in this order, so that no two rows ever hold one value.
     *
     * @param aliases placeholders that stood for the values, each with the entity that has come
     * @param ceding rows that hold and must not
     * @param holding rows that cede and need not
     */
    record Settlement(
            Map<EntityKey, EntityKey> aliases, List<EntityKey> ceding, List<EntityKey> holding) {}

    Settlement settlement() {
        Map<EntityKey, EntityKey> aliases = new LinkedHashMap<>();
        List<EntityKey> ceding = new ArrayList<>();
        List<EntityKey> holding = new ArrayList<>();
        for (List<Claimant> rivals : byValues().values()) {
            Claimant winner = rivals.stream().min(STRONGEST_FIRST).orElseThrow();
            for (Claimant rival : rivals) {
                if (rival.equals(winner)) {
                    if (rival.ceding()) {
                        holding.add(rival.key());
                    }
                } else if (rival.state() == RecordState.PLACEHOLDER) {
                    aliases.put(rival.key(), winner.key());
                } else if (!rival.ceding()) {
                    ceding.add(rival.key());
                }
            }
        }
        return new Settlement(aliases, ceding, holding);
    }

    private Map<List<String>, List<Claimant>> byValues() {
        Map<List<String>, List<Claimant>> byValues = new HashMap<>();
        for (Claimant claimant : all) {
            byValues.computeIfAbsent(claimant.values(), _ -> new ArrayList<>()).add(claimant);
        }
        return byValues;
    }
}
