package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random histories: PostgreSQL and the model come to the same. */
@Seeded
@Timeout(60)
final class RandomHistoryIT {
    private static final int HISTORIES = 150;
    private static final int CONCURRENT_HISTORIES = 60;
    private static final int THREADS = 3;

    private static TestDatabase database;
    private static EntityStore store;

    @BeforeAll
    static void install() {
        database = TestDatabase.withContoso();
        store = new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void everyOutcomeAndRowIsTheModels(long seed) {
        Random seeds = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            History history = new History(seeds.nextLong());
            ModelEntityStore model = new ModelEntityStore(Contoso.CATALOG, "europe");
            for (List<ChangeEvent> batch : history.batches()) {
                assertThat(kinds(store.apply(batch)))
                        .as("history %d, batch %s", i, batch)
                        .isEqualTo(kinds(model.apply(batch)));
            }
            assertThat(rows(store, history)).as("history %d", i).isEqualTo(rows(model, history));
        }
    }

    @Test
    void concurrentBatchesComeToTheModelsRows(long seed) throws Exception {
        Random seeds = new Random(seed);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < CONCURRENT_HISTORIES; i++) {
                History history = new History(seeds.nextLong());
                List<Callable<Void>> appliers = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    appliers.add(applier(history, thread));
                }
                for (Future<Void> applier : threads.invokeAll(appliers)) {
                    applier.get();
                }
                assertThat(settled(rows(store, history)))
                        .as("history %d", i)
                        .isEqualTo(settled(rows(inOrder(history), history)));
            }
        }
    }

    private static Callable<Void> applier(History history, int thread) {
        return () -> {
            for (int i = thread; i < history.batches().size(); i += THREADS) {
                store.apply(history.batches().get(i));
            }
            return null;
        };
    }

    private static ModelEntityStore inOrder(History history) {
        ModelEntityStore model = new ModelEntityStore(Contoso.CATALOG, "europe");
        history.batches().forEach(model::apply);
        return model;
    }

    /** Which placeholders superseded events have left depends on the order. */
    private static Map<EntityId, EntityRow> settled(Map<EntityId, EntityRow> rows) {
        rows.values().removeIf(row -> row.state() == RecordState.PLACEHOLDER);
        return rows;
    }

    private static List<Class<?>> kinds(List<Outcome> outcomes) {
        return outcomes.stream().<Class<?>>map(Object::getClass).toList();
    }

    private static Map<EntityId, EntityRow> rows(EntityStore store, History history) {
        Map<EntityId, EntityRow> rows = new HashMap<>();
        history.entities()
                .forEach(id -> store.read(id).ifPresent(row -> rows.put(id, timeless(row))));
        return rows;
    }

    /** The database's clock says when a placeholder was placed. */
    private static EntityRow timeless(EntityRow row) {
        return row.state() == RecordState.PLACEHOLDER
                ? new EntityRow(row.content(), row.state(), row.version(), Contoso.TIME)
                : row;
    }
}
