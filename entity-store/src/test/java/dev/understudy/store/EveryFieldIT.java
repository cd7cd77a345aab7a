package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.schemas.codec.AvroContent;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
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

/** Values of every type, at their limits, come back as they were stored. */
@ParameterizedClass
@EnumSource(BatchWay.class)
@Timeout(60)
final class EveryFieldIT {
    static final EntityType TYPE =
            EntityType.of(
                    new Schema.Parser()
                            .parse(
                                    """
                                    {"type": "record", "name": "Every", "namespace": "test.fields", "entity.key": "id", "fields": [
                                      {"name": "id", "type": "long"},
                                      {"name": "text", "type": ["null", "string"], "default": null},
                                      {"name": "uuid", "type": ["null", {"type": "string", "logicalType": "uuid"}], "default": null},
                                      {"name": "small", "type": ["null", "int"], "default": null},
                                      {"name": "large", "type": ["null", "long"], "default": null},
                                      {"name": "single", "type": ["null", "float"], "default": null},
                                      {"name": "precise", "type": ["null", "double"], "default": null},
                                      {"name": "flag", "type": ["null", "boolean"], "default": null},
                                      {"name": "money", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 38, "scale": 10}], "default": null},
                                      {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null},
                                      {"name": "timeMillis", "type": ["null", {"type": "int", "logicalType": "time-millis"}], "default": null},
                                      {"name": "time", "type": ["null", {"type": "long", "logicalType": "time-micros"}], "default": null},
                                      {"name": "atMillis", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
                                      {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}], "default": null},
                                      {"name": "local", "type": ["null", {"type": "long", "logicalType": "local-timestamp-micros"}], "default": null},
                                      {"name": "colour", "type": ["null", {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]}], "default": null},
                                      {"name": "blob", "type": ["null", "bytes"], "default": null},
                                      {"name": "hash", "type": ["null", {"type": "fixed", "name": "Hash", "size": 4}], "default": null},
                                      {"name": "tags", "type": ["null", {"type": "array", "items": ["null", "string"]}], "default": null},
                                      {"name": "scores", "type": ["null", {"type": "map", "values": "double"}], "default": null},
                                      {"name": "address", "type": ["null", {"type": "record", "name": "Address", "fields": [
                                         {"name": "street", "type": "string"},
                                         {"name": "since", "type": {"type": "int", "logicalType": "date"}},
                                         {"name": "number", "type": ["null", "long"], "default": null}]}], "default": null}
                                    ]}\
                                    """));

    private static final AtomicLong KEYS = new AtomicLong();
    private static TestDatabase database;
    private static Catalog catalog;

    @Parameter private BatchWay way;
    private EntityStore store;

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

    static Stream<Arguments> values() {
        return Stream.of(
                values(
                        "text",
                        "",
                        "plain",
                        "\"quoted\", {braces}, back\\slash, 'NULL'",
                        "NULL",
                        "tab\tnew\nline\r",
                        "ünïcödé 漢字 🦜",
                        " spaces "),
                values("uuid", UUID.randomUUID(), new UUID(0, 0), new UUID(-1, -1)),
                values("small", 0L, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE),
                values("large", 0L, Long.MIN_VALUE, Long.MAX_VALUE),
                values("single", 0.1d, (double) Float.MAX_VALUE, (double) Float.MIN_VALUE),
                values(
                        "precise",
                        0d,
                        -0d,
                        0.1,
                        Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY),
                values("flag", true, false),
                values(
                        "money",
                        new BigDecimal("0.0000000000"),
                        new BigDecimal("9999999999999999999999999999.9999999999"),
                        new BigDecimal("-9999999999999999999999999999.9999999999"),
                        new BigDecimal("1E+5").setScale(10)),
                values(
                        "day",
                        LocalDate.EPOCH,
                        LocalDate.of(-4712, 1, 1),
                        LocalDate.of(0, 2, 29),
                        LocalDate.of(1, 1, 1),
                        LocalDate.of(9999, 12, 31),
                        LocalDate.of(10_000, 1, 1),
                        LocalDate.of(5_874_897, 12, 31)),
                values("timeMillis", LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_000_000)),
                values(
                        "time",
                        LocalTime.MIDNIGHT,
                        LocalTime.of(7, 5),
                        LocalTime.of(23, 59, 59, 999_999_000)),
                values("atMillis", Instant.EPOCH, Instant.parse("2026-11-21T23:59:59.999Z")),
                values(
                        "at",
                        Instant.EPOCH,
                        Instant.parse("2026-11-21T23:59:59.999999Z"),
                        Instant.parse("1969-12-31T23:59:59.999999Z"),
                        Instant.parse("1883-11-18T12:03:58.000001Z"),
                        Instant.parse("0000-02-29T00:00:00.000001Z"),
                        Instant.parse("-4712-01-01T00:00:00Z"),
                        Instant.parse("+10000-01-01T00:00:00Z"),
                        Instant.parse("+294276-12-31T23:59:59.999999Z")),
                values(
                        "local",
                        LocalDateTime.of(2026, 3, 29, 2, 30, 0, 1000),
                        LocalDateTime.of(-4712, 1, 1, 0, 0),
                        LocalDateTime.of(294_276, 12, 31, 23, 59, 59, 999_999_000)),
                values("colour", "RED", "BLUE"),
                values("blob", bytes(), bytes(0, 1, -1, 127, -128, '\\', '"')),
                values("hash", bytes(0, 0, 0, 0), bytes(-1, -2, -3, -4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void valuesComeBackAsTheyWereStored(String field, List<Object> values) {
        EntityField column = TYPE.field(field).orElseThrow();
        for (Object value : values) {
            EntityContent content = empty().with(column, value);
            assertThat(apply(content)).as("%s", value).isInstanceOf(Outcome.Applied.class);
            assertThat(read(content).value(column)).isEqualTo(value);
            assertThat(read(content)).isEqualTo(content);
        }
    }

    @Test
    void absentValuesStayAbsent() {
        EntityContent content = empty();
        apply(content);
        assertThat(read(content)).isEqualTo(content);
    }

    @Test
    void documentsComeBackAsTheyWereStored() {
        GenericRecord address =
                new GenericData.Record(TYPE.field("address").orElseThrow().schema());
        address.put("street", "\"Main\" \\ 1");
        address.put("since", 20_000);
        address.put("number", Long.MAX_VALUE);
        GenericRecord written = AvroContent.toRecord(empty());
        written.put("address", address);
        written.put("tags", java.util.Arrays.asList("a", null, "ü", ""));
        written.put("scores", java.util.Map.of("whole", 1e10, "tiny", 1e-300, "huge", 1e300));
        EntityContent content = AvroContent.ofRecord(TYPE, written);

        apply(content);

        assertThat(read(content)).isEqualTo(content);
        assertThat(read(content).value(TYPE.field("address").orElseThrow()))
                .isInstanceOf(JsonNode.class);
    }

    @Test
    void manyRowsInOneBatchKeepTheirValuesApart() {
        EntityField text = TYPE.field("text").orElseThrow();
        EntityField blob = TYPE.field("blob").orElseThrow();
        List<EntityContent> contents =
                Stream.of("a,b", "", "NULL", "{}", "\\N")
                        .map(value -> empty().with(text, value).with(blob, bytes(value.length())))
                        .toList();
        store.apply(contents.stream().map(EveryFieldIT::event).toList());
        contents.forEach(content -> assertThat(read(content)).isEqualTo(content));
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of("text", "nul \0 inside", "22021"),
                Arguments.of("day", LocalDate.ofEpochDay(Integer.MAX_VALUE), "22008"),
                Arguments.of("day", LocalDate.of(-4714, 1, 1), "22008"),
                Arguments.of("at", Instant.parse("+294277-01-01T00:00:00Z"), "22008"),
                Arguments.of("money", new BigDecimal("1E+28").setScale(10), "22003"),
                Arguments.of("colour", "GREEN", "23514"));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void whatPostgresCannotHoldIsRefused(String field, Object value, String sqlState) {
        EntityContent bad = empty().with(TYPE.field(field).orElseThrow(), value);
        EntityContent good = empty();
        List<Outcome> outcomes = store.apply(List.of(event(bad), event(good)));
        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo(sqlState));
        assertThat(outcomes.getLast()).isInstanceOf(Outcome.Applied.class);
    }

    private Outcome apply(EntityContent content) {
        return store.apply(List.of(event(content))).getFirst();
    }

    private EntityContent read(EntityContent content) {
        return store.read(new EntityId(TYPE, content.key())).orElseThrow().content();
    }

    private static EntityContent empty() {
        return EntityContent.ofKey(TYPE, new EntityKey.OfLong(KEYS.incrementAndGet()));
    }

    private static ChangeEvent event(EntityContent content) {
        ChangeMetadata metadata =
                new ChangeMetadata(
                        "us",
                        ChangeKind.UPSERTED,
                        new Version(1),
                        new Position(0, -1),
                        Contoso.TIME,
                        Optional.empty());
        return new ChangeEvent(content.key(), content, metadata);
    }

    private static Arguments values(String field, Object... values) {
        return Arguments.of(field, List.of(values));
    }

    private static ByteBuffer bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
}
