package dev.understudy.instance.ready;

import dev.understudy.instance.write.WriteStep;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.ledger.Awaited;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs deferred steps, each with the end of its note in one transaction, so that it has run once
 * however often it was tried. Used by one thread.
 */
@Singleton
final class DeferredSteps {
    private static final Logger LOG = LoggerFactory.getLogger(DeferredSteps.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 6;
    private static final int REMEMBERED = 10_000;

    private final EntityStore store;
    private final Map<String, WriteStep.Deferred> steps;
    private final Map<Long, Failures> failures = new HashMap<>();

    /** How often a step has failed for a note, and until when it is left alone. */
    private record Failures(int count, long againNs) {}

    DeferredSteps(EntityStore store, List<WriteStep.Deferred> steps) {
        this.store = store;
        this.steps =
                steps.stream()
                        .collect(Collectors.toMap(WriteStep.Deferred::name, Function.identity()));
    }

    /** Whether there are any. */
    boolean isOn() {
        return !steps.isEmpty();
    }

    /** Runs the step that waits for an entity, unless it has failed just now; says whether. */
    boolean run(Awaited awaited) {
        WriteStep.@Nullable Deferred step = steps.get(awaited.purpose());
        Failures failed = failures.get(awaited.seq());
        if (step == null || (failed != null && System.nanoTime() - failed.againNs() < 0)) {
            return false;
        }
        try {
            boolean done =
                    store.write(transaction -> {
                        // The row before the note, as a write locks them.
                        var row = transaction.lock(awaited.id());
                        if (!transaction.settle(awaited)) {
                            return false;
                        }
                        row.filter(present -> present.state() == RecordState.HYDRATED)
                                .ifPresent(present -> step.run(transaction, present));
                        return true;
                    });
            failures.remove(awaited.seq());
            return done;
        } catch (RuntimeException e) {
            failed(awaited, failed, e);
            return false;
        }
    }

    private void failed(Awaited awaited, @Nullable Failures before, RuntimeException e) {
        int count = before == null ? 1 : before.count() + 1;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(count - 1, DOUBLINGS));
        if (failures.size() >= REMEMBERED) {
            failures.clear();
        }
        failures.put(awaited.seq(), new Failures(count, System.nanoTime() + pause.toNanos()));
        LOG.warn(
                "The deferred step {} of {} fails, retrying in {}: {}",
                awaited.purpose(),
                awaited.id(),
                pause,
                e.toString());
        LOG.debug("The failure", e);
    }
}
