package dev.understudy.store;

import static dev.understudy.store.Shop.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** References in a ring of three types, some of which come later. */
@Timeout(60)
final class LaterTypesIT {
    private static final CatalogEntry LEFT = entry("Left", "Middle");
    private static final CatalogEntry MIDDLE = entry("Middle", "Right");
    private static final CatalogEntry RIGHT = entry("Right", "Left");

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void referenceToATypeThatIsToComeIsAPlainColumn() {
        install(List.of(LEFT), Set.of("ring.Middle"));

        assertThat(apply(List.of(LEFT), Set.of("ring.Middle"), event(LEFT, "l", "m")))
                .containsExactly(new Outcome.Applied());
        assertThat(foreignKeys()).isEmpty();
    }

    @Test
    void typeThatComesGetsItsPlaceholdersAndItsForeignKeyIsValidated() {
        install(List.of(LEFT), Set.of("ring.Middle"));
        for (int i = 0; i < 30; i++) {
            apply(List.of(LEFT), Set.of("ring.Middle"), event(LEFT, "l" + i, "m" + i % 3));
        }

        install(List.of(LEFT, MIDDLE), Set.of("ring.Right"));

        assertThat(database.query("SELECT id || _state::text FROM ring.middle ORDER BY id"))
                .containsExactly("m0p", "m1p", "m2p");
        assertThat(foreignKeys())
                .containsExactly("FOREIGN KEY (next_id) REFERENCES ring.middle(id) DEFERRABLE");

        install(List.of(LEFT, MIDDLE, RIGHT), Set.of());

        assertThat(foreignKeys()).hasSize(3).noneMatch(key -> key.contains("NOT VALID"));
    }

    @Test
    void catalogThatLacksATypeOfTheDatabaseIsRefused() {
        install(List.of(LEFT, MIDDLE, RIGHT), Set.of());

        assertThatThrownBy(() -> install(List.of(LEFT), Set.of("ring.Middle")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("ring.Left.nextId has its foreign key")
                .hasMessageContaining("add ring.Middle");
    }

    @Test
    void ringOfThreeTypesHoldsInEveryOrderAndBatch() {
        List<CatalogEntry> all = List.of(LEFT, MIDDLE, RIGHT);
        install(all, Set.of());
        List<List<Integer>> orders =
                List.of(
                        List.of(0, 1, 2),
                        List.of(0, 2, 1),
                        List.of(1, 0, 2),
                        List.of(1, 2, 0),
                        List.of(2, 0, 1),
                        List.of(2, 1, 0));
        for (List<Integer> order : orders) {
            for (int size = 1; size <= 3; size++) {
                String key = order.toString() + size;
                List<ChangeEvent> ring = all.stream().map(entry -> event(entry, key, key)).toList();
                List<ChangeEvent> events = order.stream().map(ring::get).toList();
                List<Outcome> outcomes = new ArrayList<>();
                for (int from = 0; from < 3; from += size) {
                    outcomes.addAll(
                            apply(
                                    all,
                                    Set.of(),
                                    events.subList(from, Math.min(3, from + size))
                                            .toArray(ChangeEvent[]::new)));
                }
                assertThat(outcomes)
                        .allMatch(outcome ->
                                outcome instanceof Outcome.Applied
                                        || outcome instanceof Outcome.Hydrated);
            }
        }
        for (String table : List.of("left", "middle", "right")) {
            assertThat(database.query("SELECT DISTINCT _state FROM ring.\"%s\"".formatted(table)))
                    .containsExactly("h");
        }
    }

    @Test
    void rowRefersToALaterRowOfItsBatchInItsOwnTable() {
        CatalogEntry self = entry("Self", "Self");
        install(List.of(self), Set.of());

        assertThat(
                        apply(
                                List.of(self),
                                Set.of(),
                                event(self, "a", "c"),
                                event(self, "b", "b"),
                                event(self, "c", "a")))
                .allMatch(Outcome.Applied.class::isInstance);
        assertThat(
                        database.query(
                                "SELECT id || next_id || _state::text FROM ring.self ORDER BY id"))
                .containsExactly("ach", "bbh", "cah");
    }

    private void install(List<CatalogEntry> entries, Set<String> later) {
        StoreSchema.install(database.dataSource(), new Catalog(entries, later));
    }

    private List<Outcome> apply(
            List<CatalogEntry> entries, Set<String> later, ChangeEvent... events) {
        Catalog catalog = new Catalog(entries, later);
        return new PostgresEntityStore(database.dataSource(), catalog, "europe")
                .apply(Stream.of(events).map(event -> in(catalog, event)).toList());
    }

    /** The same of the catalog's own type. */
    private static ChangeEvent in(Catalog catalog, ChangeEvent event) {
        EntityType type = catalog.entry(event.type().fullName()).type();
        EntityContent content = EntityContent.ofKey(type, event.key());
        Object next = event.content().value(event.type().field("nextId").orElseThrow());
        return upserted(Contoso.with(content, "nextId", next), 1);
    }

    private static ChangeEvent event(CatalogEntry entry, String key, String next) {
        EntityContent content = EntityContent.ofKey(entry.type(), new EntityKey.OfString(key));
        return upserted(Contoso.with(content, "nextId", next), 1);
    }

    private List<String> foreignKeys() {
        return database.query(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'");
    }

    private static CatalogEntry entry(String name, String target) {
        String schema =
                """
                {"type": "record", "name": "%s", "namespace": "ring", "entity.key": "id",
                 "fields": [{"name": "id", "type": "string"},
                  {"name": "nextId", "type": ["null", "string"], "default": null,
                   "entity.references": "ring.%s"}]}\
                """
                        .formatted(name, target);
        return new CatalogEntry("us", EntityType.of(new Schema.Parser().parse(schema)));
    }
}
