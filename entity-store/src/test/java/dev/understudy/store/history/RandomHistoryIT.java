package dev.understudy.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ModelEntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.Seeded;
import dev.understudy.store.SqlStates;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.TestDatabase;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
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

    /** While they run, guarantees are watched; the counts say that threads did meet. */
    @Test
    void concurrentBatchesComeToTheModelsRows(long seed) throws Exception {
        Coverage coverage = new Coverage();
        SqlStates failures = new SqlStates(database.dataSource());
        Random seeds = new Random(seed);
        int ceded = 0;
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i * HISTORIES_PER_DOMAIN < HISTORIES / 10; i++) {
                Catalog catalog = installed(seeds, 100_000 + i);
                Transitions transitions =
                        Transitions.watch(database, catalog, RandomDomain.INSTANCE);
                EntityStore store = store(failures.dataSource(), catalog);
                for (int j = 0; j < HISTORIES_PER_DOMAIN; j++) {
                    RandomHistory history = new RandomHistory(catalog, seeds.nextLong());
                    Invariants invariants = new Invariants(database, catalog);
                    ConcurrentRun run = new ConcurrentRun(catalog, store, history);
                    run.go(threads, invariants);
                    run.compare();
                    transitions.check();
                    coverage.add(run.coverage());
                }
                ceded = transitions.ceded();
            }
        }
        LOG.info(
                "Ran concurrently: {}; ceded {}; failed and ran again: {}",
                coverage,
                ceded,
                failures);
        coverage.assertPerHundred(5, EnumSet.complementOf(EnumSet.of(Happening.CEDED)));
        assertThat(ceded).isGreaterThan(coverage.histories() / 20);
        assertThat(failures.count(SqlStates.DEADLOCK) + failures.count(SqlStates.UNIQUE_VIOLATION))
                .as("races lost, else this shows nothing: %s", failures)
                .isGreaterThan(coverage.histories() / 20);
    }

    private static Catalog installed(Random seeds, int number) {
        Catalog catalog = RandomDomain.catalog(new Random(seeds.nextLong()), number);
        StoreSchema.install(database.dataSource(), catalog);
        return catalog;
    }

    private static EntityStore store(Catalog catalog) {
        return store(database.dataSource(), catalog);
    }

    /** Every second domain's batches are copied, and stored before anything is looked at. */
    private static EntityStore store(DataSource dataSource, Catalog catalog) {
        StoreOptions options = StoreOptions.defaults();
        return new PostgresEntityStore(
                dataSource,
                catalog,
                RandomDomain.INSTANCE,
                catalog.types().hashCode() % 2 == 0 ? options : options.withBatches(1, 0));
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
            coverage.note(step, result);
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
}
