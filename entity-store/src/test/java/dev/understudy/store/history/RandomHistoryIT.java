package dev.understudy.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.PostgresVersion;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.store.EntityId;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random histories of random entity types: PostgreSQL and the model come to the same. More of them
 * with {@code -Dtest.histories=N}; a failure tells the seed to repeat it with.
 */
@Seeded
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class RandomHistoryIT {
    private static final Logger LOG = LoggerFactory.getLogger(RandomHistoryIT.class);
    private static final int HISTORIES = Integer.getInteger("test.histories", 2000);
    private static final int HISTORIES_PER_DOMAIN = 50;

    private static TestDatabase database;
    private static TestDatabase oldest;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
        oldest = new TestDatabase(PostgresVersion.POSTGRES_16);
    }

    @AfterAll
    static void close() {
        database.close();
        oldest.close();
    }

    @Test
    void everyStepAndRowIsTheModels(long seed) throws Exception {
        Coverage coverage = new Coverage();
        eachDomain(
                seed,
                0,
                HISTORIES,
                // By the domain's seed, so that its repetition has the same server.
                domainSeed -> domainSeed % 5 == 0 ? oldest : database,
                (server, catalog, random) -> {
                    EntityStore store = store(server.dataSource(), catalog, random);
                    int rows = 0;
                    for (int i = 0; i < HISTORIES_PER_DOMAIN; i++) {
                        RandomHistory history = new RandomHistory(catalog, random.nextLong());
                        rows += compare(catalog, store, history, coverage);
                    }
                    Invariants invariants = new Invariants(server, catalog);
                    invariants.check();
                    assertThat(invariants.rows()).as("rows of %s", catalog).isEqualTo(rows);
                });
        LOG.info("Compared with the model: {}", coverage);
        coverage.assertPerHundred(5, EnumSet.allOf(Happening.class));
    }

    /** While they run, guarantees are watched; the counts say that threads did meet. */
    @Test
    void concurrentBatchesComeToTheModelsRows(long seed) throws Exception {
        Coverage coverage = new Coverage();
        SqlStates failures = new SqlStates(database.dataSource());
        AtomicInteger ceded = new AtomicInteger();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            eachDomain(
                    seed,
                    100_000,
                    HISTORIES / 10,
                    _ -> database,
                    (_, catalog, random) -> {
                        Transitions transitions =
                                Transitions.watch(database, catalog, RandomDomain.INSTANCE);
                        EntityStore store = store(failures.dataSource(), catalog, random);
                        for (int i = 0; i < HISTORIES_PER_DOMAIN; i++) {
                            RandomHistory history = new RandomHistory(catalog, random.nextLong());
                            Invariants invariants = new Invariants(database, catalog);
                            ConcurrentRun run = new ConcurrentRun(catalog, store, history);
                            run.go(threads, invariants);
                            run.compare();
                            transitions.check();
                            coverage.add(run.coverage());
                        }
                        ceded.set(transitions.ceded());
                    });
        }
        LOG.info(
                "Ran concurrently: {}; ceded {}; failed and ran again: {}",
                coverage,
                ceded,
                failures);
        coverage.assertPerHundred(5, EnumSet.complementOf(EnumSet.of(Happening.CEDED)));
        assertThat(ceded.get()).isGreaterThan(coverage.histories() / 20);
        assertThat(failures.count(SqlStates.DEADLOCK) + failures.count(SqlStates.UNIQUE_VIOLATION))
                .as("races lost, else this shows nothing: %s", failures)
                .isGreaterThan(coverage.histories() / 20);
    }

    /** What is tried in a domain. */
    @FunctionalInterface
    private interface Trial {
        void run(TestDatabase server, Catalog catalog, Random random) throws Exception;
    }

    /** Domains of one seed each, of which the first has the run's: so any can be the first. */
    private static void eachDomain(
            long seed,
            int firstNumber,
            int histories,
            LongFunction<TestDatabase> server,
            Trial trial)
            throws Exception {
        Random seeds = new Random(seed);
        long domainSeed = seed;
        for (int i = 0; i * HISTORIES_PER_DOMAIN < histories; i++) {
            Random random = new Random(domainSeed);
            Catalog catalog = RandomDomain.catalog(random, firstNumber + i);
            TestDatabase chosen = server.apply(domainSeed);
            try {
                StoreSchema.install(chosen.dataSource(), catalog);
                trial.run(chosen, catalog, random);
            } catch (Exception | Error e) {
                LOG.error("The domain that failed: -Dtest.histories=50 -Dtest.seed={}", domainSeed);
                throw e;
            }
            chosen.execute("DROP SCHEMA domain%d CASCADE".formatted(firstNumber + i));
            domainSeed = seeds.nextLong();
        }
    }

    /** In some domains batches are copied, and stored before anything is looked at. */
    private static EntityStore store(DataSource dataSource, Catalog catalog, Random random) {
        StoreOptions options = StoreOptions.defaults();
        StoreOptions some =
                switch (random.nextInt(3)) {
                    case 0 -> options;
                    case 1 -> options.withBatches(1, 0, 1);
                    default -> options.withBatches(1000, 10, 1);
                };
        return new PostgresEntityStore(dataSource, catalog, RandomDomain.INSTANCE, some);
    }

    /** Returns how many rows it left. */
    private static int compare(
            Catalog catalog, EntityStore store, RandomHistory history, Coverage coverage) {
        ModelEntityStore model = new ModelEntityStore(catalog, RandomDomain.INSTANCE);
        Run expected = new Run(catalog, model);
        Run actual = new Run(catalog, store);
        List<Object> told = new ArrayList<>();
        int number = coverage.histories() + 1;
        for (Step step : history.steps()) {
            Object result = expected.run(step);
            told.add(step);
            assertThat(actual.run(step))
                    .as("history %d: %s after %s", number, catalog.types(), told)
                    .isEqualTo(result);
            coverage.note(step, result);
            if (model.all().stream().anyMatch(row -> !row.ceded().isEmpty())) {
                coverage.add(Happening.CEDED);
            }
        }
        Set<EntityId> entities = new LinkedHashSet<>(history.entities());
        model.all().forEach(row -> entities.add(row.id()));
        assertThat(actual.rows(entities))
                .as("history %d: %s after %s", number, catalog.types(), told)
                .isEqualTo(expected.rows(entities));
        for (int i = 0; i < expected.count(RecordState.ALIAS); i++) {
            coverage.add(Happening.UNIFIED);
        }
        coverage.add(history.coverage());
        coverage.history();
        return model.all().size();
    }
}
