package dev.understudy.cli.demo;

import java.time.Duration;
import java.util.List;

/** How an act came out. */
record ActOutcome(String title, List<Check> checks, Duration took) {
    ActOutcome {
        checks = List.copyOf(checks);
    }

    boolean asSaid() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::held);
    }
}
