package dev.understudy.instance.configuration;

import dev.understudy.service.InvalidConfigurationException;

/**
 * Properties {@code understudy.hydration.*}: asking owners for placeholders, and answering.
 *
 * @param requestsPerSecond that are sent at most, 1 to 100,000
 * @param delayMs milliseconds that a placeholder waits before it is asked for, 0 to 3,600,000
 */
public record HydrationConfiguration(int requestsPerSecond, int delayMs) {
    public HydrationConfiguration {
        InvalidConfigurationException.between(
                1, 100_000, "understudy.hydration.requests-per-second", requestsPerSecond);
        InvalidConfigurationException.between(
                0, 3_600_000, "understudy.hydration.delay-ms", delayMs);
    }
}
