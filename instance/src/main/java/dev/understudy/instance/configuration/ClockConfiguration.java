package dev.understudy.instance.configuration;

import dev.understudy.service.InvalidConfigurationException;
import java.time.Clock;
import java.time.Duration;

/**
 * Property {@code understudy.clock.offset}: by how much the instance's clock is wrong on purpose,
 * to show what a clock that is wrong does; at most a day, negative for one that is late.
 */
record ClockConfiguration(Duration offset) {
    static final String PROPERTY = "understudy.clock.offset";

    private static final Duration MOST = Duration.ofDays(1);

    ClockConfiguration {
        if (offset.abs().compareTo(MOST) > 0) {
            throw new InvalidConfigurationException(
                    PROPERTY, offset.toString(), "a length of time of at most a day");
        }
    }

    Clock clock() {
        return Clock.offset(Clock.systemUTC(), offset);
    }
}
