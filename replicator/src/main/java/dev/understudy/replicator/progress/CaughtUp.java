package dev.understudy.replicator.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a catching-up ended, at this replicator.
 *
 * @param took since it had fallen behind
 * @param afterHealing since the part was back that had been away meanwhile, if one had
 * @param outcomes change events by what they did
 */
public record CaughtUp(
        Instant at, Duration took, Optional<Duration> afterHealing, Map<String, Long> outcomes) {
    public CaughtUp {
        outcomes = Map.copyOf(outcomes);
    }

    public long records() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether any row is another now. */
    public boolean hasChangedRows() {
        return outcomes.entrySet().stream()
                .anyMatch(outcome -> !outcome.getKey().equals("stale") && outcome.getValue() > 0);
    }

    /** {@code 2000 records in 1.5 s: 2000 stale; nothing has changed}. */
    public String words() {
        String each =
                new TreeMap<>(outcomes)
                        .entrySet().stream()
                                .filter(outcome -> outcome.getValue() > 0)
                                .map(outcome -> outcome.getValue() + " " + outcome.getKey())
                                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%d records in %.1f s%s%s%s",
                records(),
                took.toMillis() / 1000.0,
                afterHealing.map(CaughtUp::words).orElse(""),
                each.isEmpty() ? "" : ": " + each,
                hasChangedRows() || records() == 0 ? "" : "; nothing has changed");
    }

    private static String words(Duration afterHealing) {
        return String.format(
                Locale.ROOT,
                ", %.1f s after the outage had ended",
                afterHealing.toMillis() / 1000.0);
    }
}
