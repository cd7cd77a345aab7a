package dev.understudy.chaos.fault;

import dev.understudy.sandbox.Service;
import java.time.Duration;
import java.util.Map;

/** An instance is restarted with a clock that is wrong, and restarted with the right one. */
record ClockSkew(Service service, Duration offset) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.CLOCK_SKEW;
    }

    @Override
    public String target() {
        return "%s by %s".formatted(service.name(), offset);
    }

    @Override
    public void begin() {
        service.restartWith(Map.of("UNDERSTUDY_CLOCK_OFFSET", offset.toString()));
    }

    @Override
    public void end() {
        service.restartWith(Map.of());
    }
}
