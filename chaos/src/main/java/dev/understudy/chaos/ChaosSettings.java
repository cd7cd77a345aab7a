package dev.understudy.chaos;

import dev.understudy.chaos.fault.FaultKind;
import java.time.Duration;
import java.util.Set;

/**
 * What a run does.
 *
 * @param seed chooses what is written, what is broken, and when
 * @param lasts for how long things are broken; starting, draining and judging come on top
 * @param kinds what may be broken
 * @param minimums what the run must at least have done
 */
public record ChaosSettings(long seed, Duration lasts, Set<FaultKind> kinds, Minimums minimums) {
    /** Checks and copies. */
    public ChaosSettings {
        kinds = Set.copyOf(kinds);
        if (!lasts.isPositive() || kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "A run lasts for some time and breaks something: %s, %s"
                            .formatted(lasts, kinds));
        }
    }
}
