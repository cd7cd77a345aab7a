package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A row that the database refuses is told by its place; the rest of its batch is applied. */
@ParameterizedClass
@EnumSource(BatchWay.class)
@Timeout(60)
final class BadRowsIT {
    private static final EntityType TYPE =
            EntityType.of(
                    new Schema.Parser()
                            .parse(
                                    """
                                    {"type": "record", "name": "Row", "namespace": "test.bad", "entity.key": "id",
                                     "entity.alternateKeys": [["code"]], "fields": [
                                      {"name": "id", "type": "string"},
                                      {"name": "code", "type": ["null", "string"], "default": null},
                                      {"name": "name", "type": "string"},
                                      {"name": "money", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}], "default": null},
                                      {"name": "colour", "type": ["null", {"type": "enum", "name": "Colour", "symbols": ["RED"]}], "default": null},
                                      {"name": "labels", "type": ["null", {"type": "map", "values": "string"}], "default": null}
                                    ]}\
                                    """));

    private static TestDatabase database;
    private static Catalog catalog;

    @Parameter private BatchWay way;
    private EntityStore store;
    private static int keys;

    @BeforeAll
    static void install() {
        database = new TestDatabase();
        catalog = new Catalog(List.of(new CatalogEntry("us", TYPE)));
        StoreSchema.install(database.dataSource(), catalog);
    }

    @BeforeEach
    void open() {
        store = new PostgresEntityStore(database.dataSource(), catalog, "europe", way.options());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static List<Arguments> badRows() {
        return List.of(
                Arguments.of("required value missing", with("name", null), "23514"),
                Arguments.of("no such symbol", with("colour", "GREEN"), "23514"),
                Arguments.of("too many digits", with("money", new BigDecimal("100.00")), "22003"),
                Arguments.of("NUL in text", with("name", "a\0b"), "22021"),
                Arguments.of(
                        "NUL in a document",
                        with("labels", JsonNodeFactory.instance.objectNode().put("a", "\0")),
                        "22P05"),
                Arguments.of(
                        "key too long for its index", named(incompressible(1000, 0x4000)), "54000"),
                Arguments.of(
                        "alternate key too long for its index",
                        with("code", incompressible(3000, 0x4000)),
                        "54000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRows")
    void badRowIsToldAndTheRestOfItsBatchIsApplied(
            String what, EntityContent bad, String sqlState) {
        List<EntityContent> contents =
                new ArrayList<>(IntStream.range(0, 20).mapToObj(_ -> good()).toList());
        contents.add(13, bad);
        List<Outcome> outcomes = store.apply(contents.stream().map(BadRowsIT::event).toList());
        assertThat(outcomes.get(13))
                .as(what)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo(sqlState));
        assertThat(store.read(id(bad))).isEmpty();
        contents.remove(13);
        outcomes = new ArrayList<>(outcomes);
        outcomes.remove(13);
        assertThat(outcomes).hasSize(20).hasOnlyElementsOfType(Outcome.Applied.class);
        assertThat(contents)
                .allSatisfy(content ->
                        assertThat(store.read(id(content)).orElseThrow().content())
                                .isEqualTo(content));
    }

    @Test
    void severalBadRowsOfOneBatchAreEachTold() {
        Map<Integer, EntityContent> contents = new TreeMap<>();
        IntStream.range(0, 30).forEach(i -> contents.put(i, good()));
        contents.put(0, with("name", null));
        contents.put(7, with("name", "\0"));
        contents.put(8, with("money", new BigDecimal("100.00")));
        contents.put(29, with("colour", "GREEN"));
        List<Outcome> outcomes =
                store.apply(contents.values().stream().map(BadRowsIT::event).toList());
        assertThat(IntStream.range(0, 30).filter(i -> outcomes.get(i) instanceof Outcome.Refused))
                .containsExactly(0, 7, 8, 29);
    }

    /** Half of a surrogate pair is no Unicode; nothing is written in its place. */
    @Test
    void textThatIsNoUnicodeIsRefused() {
        EntityContent odd = with("name", "a\uD800b?");
        EntityContent good = with("name", "really? \uD83D\uDE00");
        List<Outcome> outcomes = store.apply(List.of(event(odd), event(good)));
        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo("22021"));
        assertThat(outcomes.getLast()).isInstanceOf(Outcome.Applied.class);
        assertThat(store.read(id(good)).orElseThrow().content()).isEqualTo(good);
    }

    private static EntityContent good() {
        return named("key " + keys++).with(TYPE.field("name").orElseThrow(), "good");
    }

    private static EntityContent with(String field, @Nullable Object value) {
        return good().with(TYPE.field(field).orElseThrow(), value);
    }

    private static EntityContent named(String key) {
        return EntityContent.ofKey(TYPE, new EntityKey.OfString(key))
                .with(TYPE.field("name").orElseThrow(), "good");
    }

    private static String incompressible(int characters, int below) {
        return new Random(4711)
                .ints(characters, below / 2, below)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static EntityId id(EntityContent content) {
        return new EntityId(TYPE, content.key());
    }

    private static ChangeEvent event(EntityContent content) {
        ChangeMetadata metadata =
                new ChangeMetadata(
                        "us",
                        ChangeKind.UPSERTED,
                        new Version(1),
                        new Position(1, 1),
                        Contoso.TIME,
                        Optional.empty());
        return new ChangeEvent(content.key(), content, metadata);
    }
}
