package dev.understudy.instance.ready;

import dev.understudy.instance.write.WriteStep;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.ledger.Awaited;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many notes wait, {@code understudy.awaiting} by purpose: as many as the last round of each
 * type has left, so that nothing is counted in the database; and how many were done, {@code
 * understudy.awaiting.done}. Used by one thread, read by others.
 */
@Singleton
final class AwaitingMetrics {
    private final Map<EntityType, Map<String, Long>> round = new HashMap<>();
    private final Map<EntityType, Map<String, Long>> last = new ConcurrentHashMap<>();
    private final Map<String, Counter> done = new HashMap<>();

    AwaitingMetrics(ReadyStep ready, List<WriteStep.Deferred> deferred, MeterRegistry registry) {
        if (ready.isOn()) {
            register(ReadyStep.PURPOSE, registry);
        }
        deferred.forEach(step -> register(step.name(), registry));
    }

    private void register(String purpose, MeterRegistry registry) {
        Gauge.builder("understudy.awaiting", this, metrics -> metrics.count(purpose))
                .description("Entities that wait until all that they refer to is hydrated")
                .tag("purpose", purpose)
                .register(registry);
        done.put(
                purpose,
                Counter.builder("understudy.awaiting.done")
                        .description("Ready events in Kafka, and deferred steps that have run")
                        .tag("purpose", purpose)
                        .register(registry));
    }

    /** So many that waited for a purpose do so no more: it was told, or it has run. */
    void done(String purpose, int notes) {
        Counter counter = done.get(purpose);
        if (counter != null) {
            counter.increment(notes);
        }
    }

    /** Of a page, these are left. */
    void left(EntityType type, List<Awaited> notes) {
        Map<String, Long> counts = round.computeIfAbsent(type, _ -> new HashMap<>());
        notes.forEach(note -> counts.merge(note.purpose(), 1L, Long::sum));
    }

    /** There is no further page of this type. */
    void ended(EntityType type) {
        Map<String, Long> counts = round.remove(type);
        last.put(type, counts == null ? Map.of() : counts);
    }

    /** Another process looks at them. */
    void stood() {
        round.clear();
        last.clear();
    }

    private double count(String purpose) {
        return last.values().stream().mapToLong(counts -> counts.getOrDefault(purpose, 0L)).sum();
    }
}
