package dev.understudy.benchmarks.replicator;

import static java.util.Objects.requireNonNull;

import dev.understudy.benchmarks.store.Accounts;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityField;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Marked events of each partition, by whose rows it is seen how far a contender has come: whatever
 * it is, it keeps the order of a partition. Half a thousand events lie between two rungs.
 */
final class Ladder {
    private static final int GAP = 500;
    private static final int LOOK_AHEAD = 8;
    private static final EntityField REVENUE = Accounts.TYPE.field("annualRevenue").orElseThrow();

    private final Map<Integer, List<Rung>> byPartition;
    private final Map<Integer, Integer> passed = new HashMap<>();

    /**
     * One marked event.
     *
     * @param revenues what its row has then, or after a later event
     * @param applied how many events of its partition are applied when it is
     */
    record Rung(UUID key, List<BigDecimal> revenues, long applied) {}

    private Ladder(Map<Integer, List<Rung>> byPartition) {
        this.byPartition = byPartition;
    }

    /**
     * Over events that were sent in this order to these partitions.
     *
     * @param later events of the same entities in the same order, none or all
     */
    static Ladder over(List<ChangeEvent> events, int[] partitions, List<ChangeEvent> later) {
        Map<Integer, List<Rung>> byPartition = new HashMap<>();
        Map<Integer, Long> counts = new HashMap<>();
        Map<Integer, Rung> last = new TreeMap<>();
        for (int i = 0; i < partitions.length; i++) {
            long count = counts.merge(partitions[i], 1L, Long::sum);
            List<BigDecimal> revenues = new ArrayList<>(List.of(revenue(events.get(i))));
            if (!later.isEmpty()) {
                revenues.add(revenue(later.get(i)));
            }
            UUID key = (UUID) events.get(i).key().value();
            Rung rung = new Rung(key, revenues, count);
            last.put(partitions[i], rung);
            if (count % GAP == 0) {
                byPartition.computeIfAbsent(partitions[i], _ -> new ArrayList<>()).add(rung);
            }
        }
        last.forEach((partition, rung) ->
                byPartition.computeIfAbsent(partition, _ -> new ArrayList<>()).add(rung));
        return new Ladder(byPartition);
    }

    /** The keys to look for next. */
    List<UUID> next() {
        List<UUID> keys = new ArrayList<>();
        byPartition.forEach((partition, rungs) -> {
            int from = passed.getOrDefault(partition, 0);
            rungs.subList(from, Math.min(from + LOOK_AHEAD, rungs.size()))
                    .forEach(rung -> keys.add(rung.key()));
        });
        return keys;
    }

    /**
     * Takes what was found.
     *
     * @param revenues by key, of rows that are there
     * @return whether another look is worth it at once
     */
    boolean climb(Map<UUID, BigDecimal> revenues) {
        boolean further = false;
        for (Map.Entry<Integer, List<Rung>> partition : byPartition.entrySet()) {
            int from = passed.getOrDefault(partition.getKey(), 0);
            int to = from;
            while (to < partition.getValue().size()
                    && isPassed(partition.getValue().get(to), revenues)) {
                to++;
            }
            passed.put(partition.getKey(), to);
            further |= to - from == LOOK_AHEAD && to < partition.getValue().size();
        }
        return further;
    }

    /** How many events are applied, to the last rung of each partition. */
    long applied() {
        return byPartition.entrySet().stream()
                .mapToLong(partition -> {
                    int count = passed.getOrDefault(partition.getKey(), 0);
                    return count == 0 ? 0 : partition.getValue().get(count - 1).applied();
                })
                .sum();
    }

    long size() {
        return byPartition.values().stream().mapToLong(rungs -> rungs.getLast().applied()).sum();
    }

    private static boolean isPassed(Rung rung, Map<UUID, BigDecimal> revenues) {
        BigDecimal found = revenues.get(rung.key());
        return found != null && rung.revenues().stream().anyMatch(one -> one.compareTo(found) == 0);
    }

    private static BigDecimal revenue(ChangeEvent event) {
        return (BigDecimal) requireNonNull(event.content().value(REVENUE));
    }
}
