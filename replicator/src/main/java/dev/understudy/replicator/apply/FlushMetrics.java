package dev.understudy.replicator.apply;

import dev.understudy.store.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;

/** Counts what became of every record, once it is durable and reported. Thread-safe. */
public final class FlushMetrics {
    private static final String EVENTS = "understudy.replicator.events";
    private static final String DEAD_LETTERS = "understudy.replicator.dead.letters";

    private final MeterRegistry registry;
    private final DistributionSummary size;
    private final Timer time;

    public FlushMetrics(MeterRegistry registry) {
        this.registry = registry;
        size =
                DistributionSummary.builder("understudy.replicator.flush.records")
                        .register(registry);
        time = Timer.builder("understudy.replicator.flush.time").register(registry);
        for (String outcome :
                new String[] {"applied", "hydrated", "deleted", "stale", "outside", "purged"}) {
            events(outcome);
        }
    }

    void flushed(Collection<Pending> done, Duration took) {
        if (!done.isEmpty()) {
            size.record(done.size());
            time.record(took);
            done.forEach(this::count);
        }
    }

    private void count(Pending pending) {
        switch (pending.settled()) {
            case Settled.Applied applied -> events(tag(applied.outcome())).increment();
            case Settled.Rejected rejected ->
                    registry.counter(DEAD_LETTERS, "reason", rejected.reason().code()).increment();
            case Settled.Ignored _ -> events("purged").increment();
            case null -> throw new IllegalStateException(pending.origin() + " is not settled");
        }
    }

    private Counter events(String outcome) {
        return registry.counter(EVENTS, "outcome", outcome);
    }

    private static String tag(Outcome outcome) {
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
