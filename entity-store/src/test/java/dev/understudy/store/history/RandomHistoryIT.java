package dev.understudy.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ModelEntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.Seeded;
import dev.understudy.store.TestDatabase;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random histories of random entity types: PostgreSQL and the model come to the same. More of them
 * with {@code -Dtest.histories=N}; a failure tells the seed to repeat it with.
 */
@Seeded
@Timeout(300)
final class RandomHistoryIT {
    private static final Logger LOG = LoggerFactory.getLogger(RandomHistoryIT.class);
    private static final int HISTORIES = Integer.getInteger("test.histories", 2000);
    private static final int HISTORIES_PER_DOMAIN = 50;
    private static final int THREADS = 3;

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void everyStepAndRowIsTheModels(long seed) {
        Coverage coverage = new Coverage();
        Random seeds = new Random(seed);
        for (int i = 0; i * HISTORIES_PER_DOMAIN < HISTORIES; i++) {
            Catalog catalog = installed(seeds, i);
            EntityStore store = store(catalog);
            for (int j = 0; j < HISTORIES_PER_DOMAIN; j++) {
                RandomHistory history = new RandomHistory(catalog, seeds.nextLong());
                compare(catalog, store, history, coverage);
            }
            new Invariants(database, catalog).check();
        }
        LOG.info("Compared with the model: {}", coverage);
        coverage.assertPerHundred(5, EnumSet.allOf(Happening.class));
    }

    @Test
    void concurrentBatchesComeToTheModelsRows(long seed) throws Exception {
        Coverage coverage = new Coverage();
        Random seeds = new Random(seed);
        for (int i = 0; i * HISTORIES_PER_DOMAIN < HISTORIES / 4; i++) {
            Catalog catalog = installed(seeds, 100_000 + i);
            EntityStore store = store(catalog);
            for (int j = 0; j < HISTORIES_PER_DOMAIN; j++) {
                RandomHistory history = new RandomHistory(catalog, seeds.nextLong());
                applyConcurrently(catalog, store, history);
                ModelEntityStore model = new ModelEntityStore(catalog, RandomDomain.INSTANCE);
                history.appliedBatches().forEach(model::apply);
                assertThat(settled(store, history))
                        .as("history %d of %s", j, catalog.types())
                        .isEqualTo(settled(model, history));
                coverage.add(history.coverage());
                coverage.history();
            }
        }
        LOG.info("Applied concurrently: {}", coverage);
        coverage.assertPerHundred(5, EnumSet.of(Happening.SWAPPED, Happening.HANDED_OVER));
    }

    private static Catalog installed(Random seeds, int number) {
        Catalog catalog = RandomDomain.catalog(new Random(seeds.nextLong()), number);
        StoreSchema.install(database.dataSource(), catalog);
        return catalog;
    }

    private static EntityStore store(Catalog catalog) {
        return new PostgresEntityStore(database.dataSource(), catalog, RandomDomain.INSTANCE);
    }

    private static void compare(
            Catalog catalog, EntityStore store, RandomHistory history, Coverage coverage) {
        ModelEntityStore model = new ModelEntityStore(catalog, RandomDomain.INSTANCE);
        Run expected = new Run(catalog, model);
        Run actual = new Run(catalog, store);
        List<Object> told = new ArrayList<>();
        for (Step step : history.steps()) {
            Object result = expected.run(step);
            told.add(step);
            assertThat(actual.run(step)).as("%s after %s", catalog.types(), told).isEqualTo(result);
            note(step, result, coverage);
            if (model.all().stream().anyMatch(row -> !row.ceded().isEmpty())) {
                coverage.add(Happening.CEDED);
            }
        }
        assertThat(actual.rows(history.entities()))
                .as("%s after %s", catalog.types(), told)
                .isEqualTo(expected.rows(history.entities()));
        for (int i = 0; i < expected.count(RecordState.ALIAS); i++) {
            coverage.add(Happening.UNIFIED);
        }
        coverage.add(history.coverage());
        coverage.history();
    }

    private static void note(Step step, Object result, Coverage coverage) {
        switch (step) {
            case Step.Apply _ -> {
                for (Object outcome : (List<?>) result) {
                    if (outcome.equals(Outcome.Applied.class)) {
                        coverage.add(Happening.APPLIED);
                    } else if (outcome.equals(Outcome.Hydrated.class)) {
                        coverage.add(Happening.HYDRATED);
                    } else if (outcome.equals(Outcome.Stale.class)) {
                        coverage.add(Happening.STALE);
                    } else if (outcome.equals(Outcome.Deleted.class)) {
                        coverage.add(Happening.DELETED);
                    }
                }
            }
            case Step.Refer _ -> coverage.add(Happening.PLACED_BY_ALTERNATE_KEY);
            case Step.Write _ ->
                    coverage.add(
                            result instanceof String ? Happening.WRITE_REFUSED : Happening.WRITTEN);
            case Step.Move _ -> {
                if (result.equals(true)) {
                    coverage.add(Happening.REFERENCE_MOVED);
                }
            }
        }
    }

    /** While it runs, somebody watches that nothing is ever wrong. */
    private static void applyConcurrently(Catalog catalog, EntityStore store, RandomHistory history)
            throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1)) {
            Future<?> watching =
                    threads.submit(() -> {
                        Invariants invariants = new Invariants(database, catalog);
                        while (!done.get()) {
                            invariants.checkVersions(store, history.entities());
                        }
                        invariants.check();
                    });
            List<Callable<Void>> appliers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                appliers.add(applier(store, history, thread));
            }
            for (Future<Void> applier : threads.invokeAll(appliers)) {
                applier.get();
            }
            done.set(true);
            watching.get();
        }
    }

    private static Callable<Void> applier(EntityStore store, RandomHistory history, int thread) {
        return () -> {
            for (int i = thread; i < history.appliedBatches().size(); i += THREADS) {
                store.apply(history.appliedBatches().get(i));
            }
            return null;
        };
    }

    /** Which placeholders superseded events have left depends on the order. */
    private static Map<EntityId, EntityRow> settled(EntityStore store, RandomHistory history) {
        Map<EntityId, EntityRow> rows = new HashMap<>();
        for (EntityId id : history.entities()) {
            store.read(id)
                    .filter(row -> row.state() != RecordState.PLACEHOLDER)
                    .ifPresent(row -> rows.put(id, row));
        }
        return rows;
    }
}
