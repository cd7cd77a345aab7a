package dev.understudy.replicator;

import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.store.ledger.PlaceholderCounts;
import dev.understudy.store.ledger.PlaceholderLedger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many placeholders of each replicated type there are, and how old, as last counted. The oldest
 * one's age grows between two counts, and while the database is away. Thread-safe.
 */
final class PlaceholderGauges {
    private final PlaceholderLedger ledger;
    private final Clock clock;
    private final List<CatalogEntry> types;
    private final Map<String, PlaceholderCounts> counted = new ConcurrentHashMap<>();

    PlaceholderGauges(PlaceholderLedger ledger, Clock clock, List<CatalogEntry> types) {
        this.ledger = ledger;
        this.clock = clock;
        this.types = List.copyOf(types);
    }

    /** Reads one index of each type, which has only placeholders in it. */
    void count() {
        types.forEach(entry -> counted.put(name(entry), ledger.counts(entry.type())));
    }

    void register(MeterRegistry registry) {
        for (CatalogEntry entry : types) {
            String type = name(entry);
            Gauge.builder("understudy.placeholders", this, one -> one.all(type))
                    .description("Placeholders that wait for their entity")
                    .tag("type", type)
                    .register(registry);
            Gauge.builder("understudy.placeholders.oldest.age", this, one -> one.age(type))
                    .description("How long the oldest of them has waited; 0 if there is none")
                    .baseUnit("seconds")
                    .tag("type", type)
                    .register(registry);
        }
    }

    private double all(String type) {
        PlaceholderCounts counts = counted.get(type);
        return counts == null ? Double.NaN : counts.all();
    }

    private double age(String type) {
        PlaceholderCounts counts = counted.get(type);
        Instant now = clock.instant();
        return counts == null
                ? Double.NaN
                : counts.oldest()
                        .map(oldest -> Duration.between(oldest, now).toMillis() / 1000.0)
                        .orElse(0.0);
    }

    private static String name(CatalogEntry entry) {
        return entry.type().fullName();
    }
}
