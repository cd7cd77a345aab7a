package dev.understudy.chaos.load;

import dev.understudy.chaos.time.Polling;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one instance over HTTP, noted in ledgers: what was accepted, and what was not answered.
 * Thread-safe; an entity is written by one thread.
 */
public final class TrackedWrites implements AutoCloseable {
    private static final Duration AFTER_A_FAULT = Duration.ofMillis(100);

    /** After this status nobody knows whether it was written. */
    private static final int INTERNAL_ERROR = 500;

    private final InstanceClient instance;
    private final Flights flights = new Flights();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Map<String, Long> refused = new ConcurrentHashMap<>();

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

    /** Returns whether it was accepted. */
    boolean write(EntitySet<?> set, UUID key, Body body, Ledger ledger, String written) {
        return send(() -> instance.update(set, key, body), key, ledger, written);
    }

    boolean delete(EntitySet<?> set, UUID key, Ledger ledger) {
        boolean done = send(() -> instance.delete(set, key), key, ledger, Ledger.GONE);
        if (done) {
            deleted.incrementAndGet();
        }
        return done;
    }

    private boolean send(Supplier<WriteResult> request, UUID key, Ledger ledger, String written) {
        try (Flights.Flight _ = flights.takeOff()) {
            return switch (request.get()) {
                case WriteResult.Accepted _ -> {
                    ledger.accepted(key, written);
                    accepted.incrementAndGet();
                    yield true;
                }
                case WriteResult.Refused(int status, String code, _) -> {
                    refused.merge(code, 1L, Long::sum);
                    if (status == INTERNAL_ERROR) {
                        ledger.unanswered(key, written);
                    }
                    yield false;
                }
            };
        } catch (InstanceFault fault) {
            ledger.unanswered(key, written);
            unanswered.incrementAndGet();
        }
        Polling.passes(AFTER_A_FAULT);
        return false;
    }

    /** Adds what the instance does not have as the ledger says it must. */
    <T> void check(
            EntitySet<T> set,
            Ledger ledger,
            Function<T, @Nullable Object> content,
            List<String> lost) {
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

    /** Those that are in flight. */
    public Flights flights() {
        return flights;
    }

    /** Writes that were accepted, deletions among them. */
    public long accepted() {
        return accepted.get();
    }

    /** Deletions that were accepted. */
    public long deleted() {
        return deleted.get();
    }

    /** Writes of which nobody knows whether they were stored. */
    public long unanswered() {
        return unanswered.get();
    }

    /** Writes that were refused, by the code of the refusal. */
    public Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }

    @Override
    public void close() {
        instance.close();
    }

    @Override
    public String toString() {
        return "%d writes accepted, %d of them deletions, %d unanswered, refused %s"
                .formatted(accepted.get(), deleted.get(), unanswered.get(), refused());
    }
}
