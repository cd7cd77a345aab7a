package dev.understudy.system;

import dev.understudy.lob.client.Body;
import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.WriteResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes to one instance over HTTP, noted in ledgers: what was accepted, and what was not answered.
 * Thread-safe; an entity is written by one thread.
 */
final class TrackedWrites implements AutoCloseable {
    private static final Duration AFTER_A_FAULT = Duration.ofMillis(100);

    private final InstanceClient instance;
    private final Flights flights = new Flights();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();

    TrackedWrites(URI instanceUrl) {
        InstanceSettings settings = InstanceSettings.at(instanceUrl);
        InstanceSettings.Limits limits = settings.limits();
        // One attempt each, and always one: anything else would hide what became of it.
        this.instance =
                new InstanceClient(
                        settings.withLimits(
                                        new InstanceSettings.Limits(
                                                limits.parallelism(),
                                                limits.pageSize(),
                                                1,
                                                limits.faults()))
                                .withResilience(settings.resilience().neverOpening()));
    }

    void write(EntitySet<?> set, UUID key, Body body, Ledger ledger, String written) {
        send(() -> instance.update(set, key, body), key, ledger, written);
    }

    void delete(EntitySet<?> set, UUID key, Ledger ledger) {
        if (send(() -> instance.delete(set, key), key, ledger, Ledger.GONE)) {
            deleted.incrementAndGet();
        }
    }

    private boolean send(Supplier<WriteResult> request, UUID key, Ledger ledger, String written) {
        try (Flights.Flight _ = flights.takeOff()) {
            boolean done = request.get() instanceof WriteResult.Accepted;
            if (done) {
                ledger.accepted(key, written);
                accepted.incrementAndGet();
            }
            return done;
        } catch (InstanceFault fault) {
            ledger.unanswered(key, written);
            unanswered.incrementAndGet();
        }
        Eventually.passes(AFTER_A_FAULT);
        return false;
    }

    /** Adds what the instance does not have as the ledger says it must. */
    <T> void check(
            EntitySet<T> set, Ledger ledger, Function<T, Object> content, List<String> lost) {
        ledger.forEach((key, allowed) -> {
            String found =
                    instance.read(set, key)
                            .filter(entry -> entry instanceof Entry.Hydrated<T>)
                            .map(entry ->
                                    String.valueOf(
                                            content.apply(((Entry.Hydrated<T>) entry).entity())))
                            .orElse(Ledger.GONE);
            if (!allowed.contains(found)) {
                lost.add("%s %s: %s, not %s".formatted(set.name(), key, found, allowed));
            }
        });
    }

    Flights flights() {
        return flights;
    }

    long accepted() {
        return accepted.get();
    }

    long deleted() {
        return deleted.get();
    }

    long unanswered() {
        return unanswered.get();
    }

    @Override
    public void close() {
        instance.close();
    }

    @Override
    public String toString() {
        return "%d writes accepted, %d of them deletions, %d unanswered"
                .formatted(accepted.get(), deleted.get(), unanswered.get());
    }
}
