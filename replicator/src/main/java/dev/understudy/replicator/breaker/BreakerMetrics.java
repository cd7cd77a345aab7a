package dev.understudy.replicator.breaker;

import dev.understudy.replicator.apply.Part;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts outages and probes by the part at fault. Thread-safe. */
public final class BreakerMetrics {
    private final Map<Part, Counter> outages = new EnumMap<>(Part.class);
    private final Map<Part, Counter> probes = new EnumMap<>(Part.class);

    public BreakerMetrics(MeterRegistry registry) {
        for (Part part : Part.values()) {
            outages.put(
                    part,
                    Counter.builder("understudy.replicator.outages")
                            .description("How often the stream was paused because of a part")
                            .tag("part", part.toString())
                            .register(registry));
            probes.put(
                    part,
                    Counter.builder("understudy.replicator.probes")
                            .description("How often a part was asked whether it is back")
                            .tag("part", part.toString())
                            .register(registry));
        }
    }

    void opened(Part part) {
        Objects.requireNonNull(outages.get(part)).increment();
    }

    void probed(Part part) {
        Objects.requireNonNull(probes.get(part)).increment();
    }
}
