package dev.understudy.lob.client;

import java.time.Duration;

/**
 * How a client treats an instance that fails. {@code failures}: how many in a row (1 to 1000) open
 * the circuit, 0 for never. {@code probes}: the waits from an opening, or from a probe that failed,
 * to the next probe. {@code retries}: the pauses between the attempts of one idempotent request.
 */
public record Resilience(int failures, Backoff probes, Backoff retries) {

    public static final Resilience DEFAULT =
            new Resilience(
                    5,
                    new Backoff(Duration.ofMillis(500), 2, 0.5, Duration.ofSeconds(10)),
                    new Backoff(Duration.ofMillis(50), 2, 0.5, Duration.ofSeconds(1)));

    public Resilience {
        if (failures < 0 || failures > 1000) {
            throw new IllegalArgumentException(
                    "failures that open the circuit are 1 to 1000, or 0 for never: " + failures);
        }
    }

    /** The same with another number of failures, and longest wait for a probe. */
    public Resilience opening(int afterFailures, Duration longestWait) {
        Duration first = probes.first().compareTo(longestWait) < 0 ? probes.first() : longestWait;
        return new Resilience(
                afterFailures,
                new Backoff(first, probes.growth(), probes.jitter(), longestWait),
                retries);
    }

    /** The same with a circuit that never opens. */
    public Resilience neverOpening() {
        return new Resilience(0, probes, retries);
    }
}
