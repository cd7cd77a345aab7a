package dev.understudy.chaos;

import dev.understudy.chaos.fault.FaultKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run must at least have done, since zero violations of nothing prove nothing: the names of
 * figures in its report, each with its least value.
 */
public record Minimums(Map<String, Long> least) {
    /** The figure that tells how many faults there were. */
    static final String FAULTS = "faults";

    /** The figure that tells how many processes were killed. */
    static final String KILLS = "kills";

    /** Copies, in order. */
    public Minimums {
        least = Collections.unmodifiableMap(new LinkedHashMap<>(least));
    }

    /** Of a run that lasts so many minutes, and breaks things in these ways. */
    public static Minimums of(double minutes, Set<FaultKind> kinds) {
        Map<String, Long> least = new LinkedHashMap<>();
        least.put("acceptedPerMinute", 200L);
        least.put(FAULTS, Math.max(3, Math.round(4 * minutes)));
        if (kinds.contains(FaultKind.KILL)) {
            least.put(KILLS, Math.max(1, Math.round(minutes / 5)));
        }
        least.put("placeholdersHydrated", Math.max(1, Math.round(5 * minutes)));
        least.put("swaps", Math.max(1, Math.round(minutes)));
        least.put("deletions", Math.max(3, Math.round(10 * minutes)));
        least.put("referencesToDeleted", 1L);
        least.put("orphans", 1L);
        return new Minimums(least);
    }

    /** How many faults there must be. */
    long faults() {
        return least.getOrDefault(FAULTS, 0L);
    }

    /** How many kills there must be. */
    long kills() {
        return least.getOrDefault(KILLS, 0L);
    }

    /** Each figure that is below its minimum, for a person. */
    List<String> missedBy(Map<String, Long> figures) {
        return least.entrySet().stream()
                .filter(each -> figures.getOrDefault(each.getKey(), 0L) < each.getValue())
                .map(each ->
                        "%s %d, at least %d"
                                .formatted(
                                        each.getKey(),
                                        figures.getOrDefault(each.getKey(), 0L),
                                        each.getValue()))
                .toList();
    }
}
