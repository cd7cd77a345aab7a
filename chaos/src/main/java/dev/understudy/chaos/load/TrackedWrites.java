package dev.understudy.chaos.load;

import dev.understudy.chaos.time.Polling;
import dev.understudy.lob.client.EntitySet;
import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.WriteResult;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes to one instance over HTTP, noted in ledgers: what was accepted, and what was not answered.
 * Thread-safe; an entity is written by one thread.
 */
public final class TrackedWrites implements AutoCloseable {
    private static final Duration AFTER_A_FAULT = Duration.ofMillis(100);

    /** After this status nobody knows whether it was written. */
    private static final int INTERNAL_ERROR = 500;

    /** Allowed at any time: what was broken just now may still be on its way back. */
    private static final String UNAVAILABLE = "DatabaseUnavailable";

    /** More are not kept until somebody takes them. */
    private static final int KEPT_LATENCIES = 20_000;

    private static final String NOT_FOUND = "NotFound";
    private static final Set<String> REASONS_OF_WRITES = Set.of("DeletedReference", UNAVAILABLE);

    private final InstanceClient instance;
    private final Flights flights = new Flights();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Map<String, Long> refused = new ConcurrentHashMap<>();
    private final BlockingQueue<Long> latenciesNs = new ArrayBlockingQueue<>(KEPT_LATENCIES);
    private final Queue<String> forbidden = new ConcurrentLinkedQueue<>();

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
    boolean write(EntitySet<?> set, UUID key, Written written, Ledger ledger) {
        Map<String, String> given = written.fields();
        return send(
                () -> instance.update(set, key, written.body()),
                () -> ledger.accepted(key, given),
                () -> ledger.unanswered(key, given),
                refused -> {
                    if (!REASONS_OF_WRITES.contains(refused.code())) {
                        forbidden.add("%s(%s): %s".formatted(set.name(), key, refused));
                    }
                });
    }

    boolean delete(EntitySet<?> set, UUID key, Ledger ledger) {
        boolean done =
                send(
                        () -> instance.delete(set, key),
                        () -> ledger.deleted(key),
                        () -> ledger.deletionUnanswered(key),
                        refused -> {
                            if (!isReason(refused, ledger, key)) {
                                forbidden.add(
                                        "delete %s(%s): %s".formatted(set.name(), key, refused));
                            }
                        });
        if (done) {
            deleted.incrementAndGet();
        }
        return done;
    }

    /** That it is not there is a reason only if it may be so. */
    private static boolean isReason(WriteResult.Refused refused, Ledger ledger, UUID key) {
        return refused.code().equals(NOT_FOUND)
                ? ledger.judge(key, Optional.empty()).isEmpty()
                : refused.code().equals(UNAVAILABLE);
    }

    private boolean send(
            Supplier<WriteResult> request,
            Runnable accept,
            Runnable unknown,
            Consumer<WriteResult.Refused> judge) {
        long startedNs = System.nanoTime();
        try (Flights.Flight _ = flights.takeOff()) {
            WriteResult result = request.get();
            var _ = latenciesNs.offer(System.nanoTime() - startedNs);
            return switch (result) {
                case WriteResult.Accepted _ -> {
                    accept.run();
                    accepted.incrementAndGet();
                    yield true;
                }
                case WriteResult.Refused refusal -> {
                    refused.merge(refusal.code(), 1L, Long::sum);
                    if (refusal.status() == INTERNAL_ERROR) {
                        unknown.run();
                    }
                    judge.accept(refusal);
                    yield false;
                }
            };
        } catch (InstanceFault fault) {
            unknown.run();
            unanswered.incrementAndGet();
        }
        Polling.passes(AFTER_A_FAULT);
        return false;
    }

    /** Adds what the instance does not have as the ledger says it must, each field compared. */
    <T> void check(
            EntitySet<T> set,
            Ledger ledger,
            Function<T, Map<String, String>> content,
            List<String> lost) {
        for (UUID key : ledger.keys()) {
            Optional<Map<String, String>> found =
                    instance.read(set, key)
                            .filter(entry -> entry instanceof Entry.Hydrated<T>)
                            .map(entry -> content.apply(((Entry.Hydrated<T>) entry).entity()));
            ledger.judge(key, found)
                    .ifPresent(wrong -> lost.add("%s(%s) %s".formatted(set.name(), key, wrong)));
        }
    }

    /** Refusals for a reason that cannot be: what was written is as it must be. */
    public List<String> forbidden() {
        return List.copyOf(forbidden);
    }

    /** How long answers took since they were taken the last time. */
    List<Long> takeLatenciesNs() {
        List<Long> taken = new ArrayList<>();
        latenciesNs.drainTo(taken);
        return taken;
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
