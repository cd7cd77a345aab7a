package dev.understudy.store;

import static dev.understudy.store.Contoso.with;
import static dev.understudy.store.Shop.FIRST;
import static dev.understudy.store.Shop.SECOND;
import static dev.understudy.store.Shop.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.ChangeEventEncoder;
import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import dev.understudy.store.query.EntityQueries;
import dev.understudy.store.query.Operand;
import dev.understudy.store.query.Predicate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a newer schema makes of tables and rows that are there. */
@Timeout(120)
final class EvolutionIT {
    private static final Map<String, String> REGISTRY =
            Map.of("schema.registry.url", "mock://" + EvolutionIT.class.getName());

    private final TestDatabase database = new TestDatabase();
    private final Shop first = Shop.of(FIRST);
    private final Shop second = Shop.of(SECOND);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void rowsStayWhereTheyAreAndGetTheDefaults() {
        install(first);
        apply(first, with(first.item("a", "one"), "peer", "missing"), 1);
        String file = database.query("SELECT pg_relation_filenode('shop.item')").getFirst();

        install(second);

        EntityContent content = row(second, "a").content();
        assertThat(value(content, "name")).isEqualTo("one");
        assertThat(value(content, "grade")).isEqualTo("none");
        assertThat(value(content, "note")).isNull();
        assertThat(database.query("SELECT pg_relation_filenode('shop.item')"))
                .containsExactly(file);
    }

    @Test
    void newReferencePlacesWhatTheRowsHoldAlready() {
        install(first);
        for (int i = 0; i < 2500; i++) {
            apply(first, with(first.item("a" + i, "one"), "peer", "missing-" + i), 1);
        }

        install(second);

        assertThat(row(second, "missing-7").state()).isEqualTo(RecordState.PLACEHOLDER);
        assertThat(database.query("SELECT count(*) FROM shop.item WHERE _state = 'p'"))
                .containsExactly("2500");
        assertThat(constraints()).noneMatch(text -> text.contains("NOT VALID"));
        assertThat(constraints())
                .contains(
                        "FOREIGN KEY (peer) REFERENCES shop.item(id) DEFERRABLE",
                        "FOREIGN KEY (parent) REFERENCES shop.item(id) DEFERRABLE");
    }

    @Test
    void placeholdersHaveNoDefaultsInQueries() {
        install(first);
        apply(first, with(first.item("a", "one"), "peer", "missing"), 1);
        install(second);
        EntityField grade = second.type().field("grade").orElseThrow();
        Operand own = new Operand.Stored(List.of(), grade);
        Operand ofPeer =
                new Operand.Stored(List.of(second.type().field("peer").orElseThrow()), grade);

        assertThat(row(second, "missing").state()).isEqualTo(RecordState.PLACEHOLDER);
        assertThat(count(new Predicate.In(own, List.of(new Operand.Constant("none", own.type())))))
                .isEqualTo(1);
        assertThat(count(new Predicate.IsNull(own))).isEqualTo(1);
        assertThat(count(new Predicate.IsNull(ofPeer))).isEqualTo(2);
    }

    @Test
    void migratedTableIsAsOneMadeAnew() {
        install(first);
        install(second);
        List<String> migrated = definition();
        try (TestDatabase anew = new TestDatabase()) {
            StoreSchema.install(anew.dataSource(), second.catalog());
            assertThat(migrated).isEqualTo(anew.query(DEFINITION));
        }
    }

    @Test
    void whatTheNewSchemaAllowsIsTaken() {
        install(first);
        install(second);
        EntityContent content = with(second.item("b", "x"), "kind", "C");
        content = content.with(second.type().field("name").orElseThrow(), null);
        content = with(content, "grade", "high");
        content = with(content, "price", new java.math.BigDecimal("1234567890123.25"));

        assertThat(apply(second, content, 1)).isInstanceOf(Outcome.Applied.class);
        assertThat(row(second, "b").content()).isEqualTo(content);
    }

    @Test
    void eventOfTheOldSchemaAppliesToTheNewTable() {
        install(first);
        install(second);
        ChangeEvent old = upserted(first.item("c", "old"), 1);
        ChangeEvent read = read(old);

        assertThat(store(second).apply(List.of(read)).getFirst())
                .isInstanceOf(Outcome.Applied.class);
        assertThat(value(row(second, "c").content(), "grade")).isEqualTo("none");
    }

    @Test
    void olderServiceRunsBesideTheNewerTable() {
        install(first);
        install(second);
        EntityContent rich = with(second.item("d", "new"), "grade", "high");
        apply(second, rich, 1);
        List<String> before = definition();

        install(first);

        assertThat(definition()).isEqualTo(before);
        assertThat(apply(first, first.item("d", "renamed"), 2)).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(first, first.item("e", "fresh"), 1)).isInstanceOf(Outcome.Applied.class);
        assertThat(row(first, "d").content()).isEqualTo(first.item("d", "renamed"));
        assertThat(value(row(second, "d").content(), "grade")).isEqualTo("high");
        assertThat(value(row(second, "e").content(), "grade")).isEqualTo("none");
    }

    @Test
    void refusedChangeNamesEveryFieldAndChangesNothing() {
        install(first);
        List<String> before = definition();
        Shop wrong =
                Shop.of(
                        FIRST.replace(
                                        "\"name\": \"count\", \"type\": \"int\"",
                                        "\"name\": \"count\", \"type\": \"string\"")
                                .replace("{\"name\": \"name\", \"type\": \"string\"},", ""));

        assertThatThrownBy(() -> install(wrong))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "shop.Item.name: the installed schema has it (string required)")
                .hasMessageContaining(
                        "shop.Item.count: installed as int required, wanted as string required");
        assertThat(definition()).isEqualTo(before);
    }

    @Test
    void placeholderHasOnlyItsKeyWhateverTheNewColumnsDefault() {
        install(first);
        install(second);
        apply(second, with(with(second.item("g", "x"), "grade", "high"), "peer", "missing"), 1);
        apply(first, with(first.item("h", "x"), "peer", "missing"), 1);
        database.execute(
                """
                INSERT INTO shop.item (id, _state, _version, _placed_at, _changed_at)
                VALUES ('plain', 'p', 0, now(), now())
                """);

        for (String key : List.of("missing", "plain")) {
            EntityRow row = row(second, key);
            assertThat(row.content())
                    .isEqualTo(EntityContent.ofKey(second.type(), row.content().key()));
        }
    }

    @Test
    void symbolThatRowsHoldDoesNotGo() {
        install(first);
        apply(first, with(first.item("f", "x"), "kind", "B"), 1);
        Shop without =
                Shop.of(
                        FIRST.replace(
                                "\"symbols\": [\"A\", \"B\"]",
                                "\"symbols\": [\"A\"], \"default\": \"A\""));

        assertThatThrownBy(() -> install(without))
                .hasMessageContaining("shop.Item.kind: the symbol B is gone");
        apply(first, first.item("f", "x"), 2);
        install(without);
        assertThat(constraints()).anyMatch(text -> text.contains("kind = 'A'"));
    }

    private ChangeEvent read(ChangeEvent old) {
        try (ChangeEventEncoder encoder = new ChangeEventEncoder(REGISTRY);
                ChangeEventDecoder decoder = new ChangeEventDecoder(REGISTRY)) {
            ProducerRecord<byte[], byte[]> record = encoder.encode(old);
            Decoded decoded =
                    decoder.decode(
                            second.catalog().entries().getFirst(),
                            record.key(),
                            record.value(),
                            record.headers());
            return ((Decoded.Change) decoded).event();
        }
    }

    private void install(Shop shop) {
        StoreSchema.install(database.dataSource(), shop.catalog());
    }

    private EntityStore store(Shop shop) {
        return new PostgresEntityStore(database.dataSource(), shop.catalog(), "europe");
    }

    private Outcome apply(Shop shop, EntityContent content, long version) {
        return store(shop).apply(List.of(upserted(content, version))).getFirst();
    }

    private EntityRow row(Shop shop, String key) {
        return store(shop).read(shop.id(key)).orElseThrow();
    }

    private static Object value(EntityContent content, String field) {
        return content.value(content.type().field(field).orElseThrow());
    }

    private List<String> constraints() {
        return database.query(
                """
                SELECT pg_get_constraintdef(oid) FROM pg_constraint
                WHERE conrelid = 'shop.item'::regclass
                """);
    }

    static final String DEFINITION =
            """
            SELECT attname || ' ' || format_type(atttypid, atttypmod) || attnotnull
            FROM pg_attribute WHERE attrelid = 'shop.item'::regclass AND attnum > 0
            UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = 'shop.item'::regclass
            UNION ALL SELECT pg_get_indexdef(indexrelid) || indisvalid FROM pg_index
            WHERE indrelid = 'shop.item'::regclass
            UNION ALL SELECT fingerprint FROM understudy.entity_type
            ORDER BY 1
            """;

    private List<String> definition() {
        return database.query(DEFINITION);
    }

    private long count(Predicate predicate) {
        return new EntityQueries(database.dataSource(), second.catalog(), Duration.ofSeconds(30))
                .count(second.type(), Optional.of(predicate));
    }
}
