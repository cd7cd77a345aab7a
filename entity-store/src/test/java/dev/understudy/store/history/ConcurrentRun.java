package dev.understudy.store.history;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ModelEntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * One history by several threads: batches come while the instance writes, deletes, refers by
 * alternate key and moves references, and somebody watches that nothing is ever wrong.
 */
final class ConcurrentRun {
    /** The last look comes after everything else. */
    private static final Duration LOOK = Duration.ofMillis(5);

    private static final int APPLIERS = 3;
    private static final int WRITERS = 3;

    private final Catalog catalog;
    private final EntityStore store;
    private final RandomHistory history;
    private final Ledger ledger = new Ledger();
    private final List<Run> runs = new ArrayList<>();
    private final Coverage coverage = new Coverage();

    /** What came of a step. */
    private record Told(Step step, Object result) {}

    ConcurrentRun(Catalog catalog, EntityStore store, RandomHistory history) {
        this.catalog = catalog;
        this.store = store;
        this.history = history;
    }

    Coverage coverage() {
        return coverage;
    }

    void go(ExecutorService threads, Invariants invariants) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Future<?> watching =
                threads.submit(() -> {
                    boolean last;
                    do {
                        last = done.await(LOOK.toMillis(), MILLISECONDS);
                        invariants.check();
                        invariants.checkVersions(store, history.entities());
                    } while (!last);
                    return last;
                });
        List<Callable<List<Told>>> work = new ArrayList<>();
        for (int thread = 0; thread < APPLIERS; thread++) {
            work.add(told(new Run(catalog, store), batches(thread)));
        }
        for (List<Step> doings : history.doings(WRITERS)) {
            work.add(told(run(), doings));
        }
        try {
            for (Future<List<Told>> each : threads.invokeAll(work)) {
                each.get().forEach(told -> coverage.note(told.step(), told.result()));
            }
        } finally {
            done.countDown();
        }
        watching.get();
    }

    /** The instance's rows are what it was told; the others what their owner's events say. */
    void compare() {
        tidyUp();
        Map<EntityId, EntityId> aliases = aliases();
        ModelEntityStore model = new ModelEntityStore(catalog, RandomDomain.INSTANCE);
        model.apply(
                history.appliedBatches().stream()
                        .flatMap(List::stream)
                        .map(event -> without(aliases, event))
                        .toList());
        ledger.rows().forEach(row -> write(model, row));
        assertThat(settled(store))
                .as("%s after %s", catalog.types(), history.appliedBatches())
                .isEqualTo(settled(model));
        aliases.forEach((_, _) -> coverage.add(Happening.UNIFIED));
        coverage.add(history.coverage());
        coverage.history();
    }

    private Run run() {
        Run run = new Run(catalog, ledger.noting(store));
        runs.add(run);
        return run;
    }

    private List<Step> batches(int thread) {
        List<Step> batches = new ArrayList<>();
        for (int i = thread; i < history.appliedBatches().size(); i += APPLIERS) {
            batches.add(new Step.Apply(history.appliedBatches().get(i)));
        }
        return batches;
    }

    private static Callable<List<Told>> told(Run run, List<Step> steps) {
        return () -> {
            List<Told> told = new ArrayList<>();
            for (Step step : steps) {
                Object result = run.run(step);
                if (step instanceof Step.Apply) {
                    assertThat(((List<?>) result).contains(Outcome.Refused.class)).isFalse();
                }
                told.add(new Told(step, result));
            }
            return told;
        };
    }

    /** References that writers have left at aliases are moved, and then there are none. */
    private void tidyUp() {
        Run run = run();
        for (EntityId id : history.owned()) {
            Step.Move move = new Step.Move(id);
            Object moved = run.run(move);
            coverage.note(move, moved);
            if (moved.equals(true)) {
                assertThat(run.run(move)).as("a reference to move was left").isEqualTo(false);
            }
        }
    }

    /** Each alias that this history has made, with the entity that it stands for. */
    private Map<EntityId, EntityId> aliases() {
        Set<EntityId> provisional = new HashSet<>();
        runs.forEach(run -> provisional.addAll(run.provisional()));
        history.appliedBatches().stream()
                .flatMap(List::stream)
                .forEach(event -> provisional.addAll(references(event.content()).values()));
        provisional.removeIf(id -> !AlternateId.mayBeProvisional(id.key()));
        Map<EntityId, EntityId> aliases = new HashMap<>();
        store.states(provisional)
                .forEach((id, state) -> {
                    if (state == RecordState.ALIAS) {
                        aliases.put(id, store.read(id).orElseThrow().id());
                    }
                });
        return aliases;
    }

    private ChangeEvent without(Map<EntityId, EntityId> aliases, ChangeEvent event) {
        EntityContent content = event.content();
        for (Map.Entry<EntityField, EntityId> reference : references(content).entrySet()) {
            EntityId entity = aliases.getOrDefault(reference.getValue(), reference.getValue());
            content = content.with(reference.getKey(), entity.key().value());
        }
        return new ChangeEvent(event.key(), content, event.metadata());
    }

    private Map<EntityField, EntityId> references(EntityContent content) {
        Map<EntityField, EntityId> references = new HashMap<>();
        for (EntityField field : content.type().references()) {
            EntityKey key = content.reference(field);
            if (key != null) {
                references.put(field, new EntityId(catalog.target(field), key));
            }
        }
        return references;
    }

    private void write(EntityStore model, EntityRow row) {
        model.write(transaction -> {
            Collection<EntityId> references =
                    row.state() == RecordState.HYDRATED
                            ? references(row.content()).values()
                            : List.of();
            transaction.place(references);
            transaction.save(row);
            return true;
        });
    }

    /** Which placeholders superseded events have left depends on the order. */
    private Map<EntityId, EntityRow> settled(EntityStore of) {
        Map<EntityId, EntityRow> rows = new HashMap<>();
        for (EntityId id : history.entities()) {
            of.read(id)
                    .filter(row -> row.state() != RecordState.PLACEHOLDER)
                    .ifPresent(row -> rows.put(id, row));
        }
        return rows;
    }
}
