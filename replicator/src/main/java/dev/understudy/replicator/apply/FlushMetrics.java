package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.PoisonReason;
import dev.understudy.store.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Counts what became of every record, once it is durable and reported. Thread-safe. */
public final class FlushMetrics {
    private static final String EVENTS = "understudy.replicator.events";
    private static final Duration[] LATENCIES =
            Stream.of(1, 2, 5, 10, 15, 25, 50, 100, 250, 500, 1000, 5000, 30_000, 300_000)
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final DistributionSummary size;
    private final Timer time;
    private final Timer latency;
    private final Map<String, Map<String, Counter>> events = new ConcurrentHashMap<>();

    public FlushMetrics(MeterRegistry registry) {
        this.registry = registry;
        size =
                DistributionSummary.builder("understudy.replicator.flush.records")
                        .description("Records in one flush")
                        .register(registry);
        time =
                Timer.builder("understudy.replicator.flush.time")
                        .description("From the first decoding to the last acknowledgement")
                        .register(registry);
        latency =
                Timer.builder("understudy.commit.to.visible")
                        .description("From a change at its owner to its commit here, by two clocks")
                        .serviceLevelObjectives(LATENCIES)
                        .register(registry);
        for (PoisonReason reason : PoisonReason.values()) {
            deadLetters(reason);
        }
    }

    /** How many events did what, since the process began. */
    public Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new HashMap<>();
        for (Counter counter : registry.find(EVENTS).counters()) {
            outcomes.merge(
                    String.valueOf(counter.getId().getTag("outcome")),
                    (long) counter.count(),
                    Long::sum);
        }
        return outcomes;
    }

    void flushed(Collection<Pending> done, Duration took) {
        if (!done.isEmpty()) {
            size.record(done.size());
            time.record(took);
            done.forEach(this::count);
        }
    }

    private void count(Pending pending) {
        String type = pending.entry().type().fullName();
        switch (pending.settled()) {
            case Settled.Applied applied -> {
                events(type, tag(applied.outcome())).increment();
                seen(applied);
            }
            case Settled.Rejected rejected -> deadLetters(rejected.reason()).increment();
            case Settled.Purged _ -> events(type, "purged").increment();
            case null -> throw new IllegalStateException(pending.origin() + " is not settled");
        }
    }

    private void seen(Settled.Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Stale)) {
            Instant changed = applied.event().metadata().time();
            latency.record(Duration.between(changed, applied.at()));
        }
    }

    private Counter deadLetters(PoisonReason reason) {
        return Counter.builder("understudy.dead.letters")
                .description("Records that could not be applied")
                .tag("reason", reason.code())
                .register(registry);
    }

    private Counter events(String type, String outcome) {
        return events.computeIfAbsent(type, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        outcome,
                        _ ->
                                Counter.builder(EVENTS)
                                        .description("Change events by what they did")
                                        .tag("type", type)
                                        .tag("outcome", outcome)
                                        .register(registry));
    }

    static String tag(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _ -> "applied";
            case Outcome.Hydrated _ -> "hydrated";
            case Outcome.Deleted _ -> "deleted";
            case Outcome.Stale _ -> "stale";
            case Outcome.Outside _ -> "outside";
            case Outcome.Refused _ -> "refused";
        };
    }
}
