package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.codec.AvroContent;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.digest.Difference;
import dev.understudy.store.digest.DigestReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the digest makes of values, keys and fields: on PostgreSQL 16 the same as on 18. */
@Seeded
@Timeout(120)
final class DigestEncodingIT {
    private final TwoSides sides = new TwoSides();

    @AfterEach
    void close() {
        sides.close();
    }

    @Test
    void everyTypeOfFieldAgreesWhateverTheSessionsSettings() {
        List<EntityContent> contents = everyValue();
        sides.fill(EveryFieldIT.TYPE, contents);
        DataSource odd =
                sides.replica()
                        .dataSourceWith(
                                Map.of(
                                        "TimeZone", "Asia/Kathmandu",
                                        "DateStyle", "ISO, DMY",
                                        "extra_float_digits", "-3",
                                        "bytea_output", "escape",
                                        "IntervalStyle", "sql_standard"));
        DigestReport report = sides.compare(EveryFieldIT.TYPE, EveryFieldIT.TYPE, odd);
        assertThat(report.differences()).isEmpty();
        assertThat(report.agreed()).isEqualTo(contents.size());
        assertThat(report.compared()).hasSize(20);
    }

    @Test
    void theSmallestChangeByHandOfAnyTypeOfFieldIsFound() {
        List<String> changes =
                List.of(
                        "\"text\" = ''",
                        "\"uuid\" = '00000000-0000-0000-0000-000000000000'",
                        "\"large\" = 0",
                        "\"precise\" = '-0'",
                        "\"precise\" = 'NaN'",
                        "\"flag\" = false",
                        "\"money\" = 0.0000000001",
                        "\"day\" = 'infinity'",
                        "\"time\" = '00:00'",
                        "\"at\" = 'infinity'",
                        "\"local\" = '-infinity'",
                        "\"colour\" = 'RED'",
                        "\"blob\" = ''",
                        "\"tags\" = 'null'",
                        "\"tags\" = '[]'",
                        "\"address\" = '{\"street\": \"\"}'");
        List<EntityContent> contents =
                IntStream.rangeClosed(1, changes.size()).mapToObj(i -> everyEmpty(i)).toList();
        sides.fill(EveryFieldIT.TYPE, contents);
        for (int i = 0; i < changes.size(); i++) {
            sides.replica()
                    .execute(
                            "UPDATE test_fields.every SET %s WHERE id = %d"
                                    .formatted(changes.get(i), i + 1));
        }
        assertThat(sides.compare(EveryFieldIT.TYPE).differences())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, changes.size())
                                .<Difference>mapToObj(
                                        i -> new Difference.OtherContent(String.valueOf(i), 1))
                                .toList());
    }

    @Test
    void valueThatMovedToTheNextFieldIsFound() {
        EntityType type =
                type(
                        "string",
                        "{\"name\": \"a\", \"type\": \"string\"}",
                        "{\"name\": \"b\", \"type\": \"string\"}");
        sides.fill(
                type,
                List.of(
                        content(type, "k")
                                .with(field(type, "a"), "xy")
                                .with(field(type, "b"), "z")));
        sides.replica().execute("UPDATE test_digest.thing SET a = 'x', b = 'yz'");
        assertThat(sides.compare(type).differences())
                .containsExactly(new Difference.OtherContent("k", 1));
    }

    @Test
    void stringKeysOfAnyBytesAreCutAndFound(long seed) {
        Random random = new Random(seed);
        Set<String> keys =
                new HashSet<>(
                        List.of(
                                " ",
                                "'",
                                "\"",
                                "\\",
                                "{",
                                ",",
                                "NULL",
                                "%2F",
                                "ä",
                                "Z",
                                "a",
                                "漢",
                                "🦜",
                                "\u0001",
                                "\t\n",
                                "x".repeat(1000),
                                "漢".repeat(800)));
        while (keys.size() < 1_500) {
            keys.add(
                    random.ints(1 + random.nextInt(20), 1, 0x500)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString());
        }
        keysAreCutAndFound(type("string"), new ArrayList<Object>(keys), random);
    }

    @Test
    void longKeysAreCutAndFoundNegativeOnesToo(long seed) {
        Random random = new Random(seed);
        Set<Object> keys = new HashSet<>(List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE));
        while (keys.size() < 1_500) {
            keys.add(random.nextBoolean() ? random.nextLong() : random.nextLong(-5_000, 5_000));
        }
        keysAreCutAndFound(type("long"), new ArrayList<>(keys), random);
    }

    @Test
    void onlyWhatBothSidesHoldIsCompared() {
        EntityType atOwner =
                type(
                        "long",
                        "{\"name\": \"a\", \"type\": \"string\"}",
                        "{\"name\": \"b\", \"type\": [\"null\", \"string\"], \"default\": null}",
                        "{\"name\": \"c\", \"type\": [\"null\", \"int\"], \"default\": null}",
                        money(4));
        EntityType atReplica =
                type(
                        "long",
                        money(2),
                        "{\"name\": \"a\", \"type\": \"string\"}",
                        "{\"name\": \"c\", \"type\": [\"null\", \"string\"], \"default\": null}");
        Function<EntityType, EntityContent> row =
                type ->
                        content(type, 1L)
                                .with(field(type, "a"), "same")
                                .with(
                                        field(type, "money"),
                                        new BigDecimal("1.5")
                                                .setScale(type.equals(atOwner) ? 4 : 2));
        sides.install(atOwner, atReplica);
        sides.save(atOwner, List.of(row.apply(atOwner).with(field(atOwner, "b"), "only here")));
        sides.apply(atReplica, List.of(row.apply(atReplica)), 1);
        DigestReport report = sides.compare(atOwner, atReplica, sides.replica().dataSource());
        assertThat(report.agrees()).isTrue();
        assertThat(report.agreed()).isEqualTo(1);
        assertThat(report.compared()).containsExactly("a", "money");
        assertThat(report.notCompared()).containsExactly("b", "c");
        sides.replica().execute("UPDATE test_digest.thing SET money = 1.51");
        assertThat(sides.compare(atOwner, atReplica, sides.replica().dataSource()).differences())
                .containsExactly(new Difference.OtherContent("1", 1));
    }

    private void keysAreCutAndFound(EntityType type, List<Object> keys, Random random) {
        List<EntityContent> contents = keys.stream().map(key -> content(type, key)).toList();
        sides.fill(type, contents);
        assertThat(sides.compare(type).agreed()).isEqualTo(keys.size());
        EntityContent gone = contents.get(random.nextInt(contents.size()));
        EntityContent other = contents.getFirst();
        sides.apply(type, List.of(other), 2);
        sides.apply(type, List.of(gone), 3);
        assertThat(sides.compare(type).differences())
                .map(Difference::key)
                .containsExactlyInAnyOrderElementsOf(Set.of(gone.key().text(), other.key().text()));
    }

    private static List<EntityContent> everyValue() {
        List<EntityContent> contents = new ArrayList<>();
        EveryFieldIT.values()
                .forEach(arguments -> {
                    EntityField field = field(EveryFieldIT.TYPE, (String) arguments.get()[0]);
                    for (Object value : (List<?>) arguments.get()[1]) {
                        contents.add(everyEmpty(contents.size() + 1).with(field, value));
                    }
                });
        contents.add(documents(contents.size() + 1));
        return contents;
    }

    private static EntityContent documents(long key) {
        GenericRecord address =
                new GenericData.Record(field(EveryFieldIT.TYPE, "address").schema());
        address.put("street", "\"Main\" \\ 1");
        address.put("since", 20_000);
        address.put("number", Long.MAX_VALUE);
        GenericRecord written = AvroContent.toRecord(everyEmpty(key));
        written.put("address", address);
        written.put("tags", Arrays.asList("a", null, "ü", ""));
        written.put("scores", Map.of("whole", 1e10, "tiny", 1e-300, "huge", 1e300));
        return AvroContent.ofRecord(EveryFieldIT.TYPE, written);
    }

    private static EntityContent everyEmpty(long key) {
        return EntityContent.ofKey(EveryFieldIT.TYPE, new EntityKey.OfLong(key));
    }

    private static EntityContent content(EntityType type, Object key) {
        return EntityContent.ofKey(type, type.keyType().of(key));
    }

    private static EntityField field(EntityType type, String name) {
        return type.field(name).orElseThrow();
    }

    private static String money(int scale) {
        return """
        {"name": "money", "type": ["null", {"type": "bytes", "logicalType": "decimal",
            "precision": 18, "scale": %d}], "default": null}\
        """
                .formatted(scale);
    }

    private static EntityType type(String key, String... fields) {
        List<String> all = new ArrayList<>();
        all.add("{\"name\": \"id\", \"type\": \"%s\"}".formatted(key));
        all.addAll(List.of(fields));
        return EntityType.of(
                new Schema.Parser()
                        .parse(
                                """
                                {"type": "record", "name": "Thing", "namespace": "test.digest",
                                    "entity.key": "id", "fields": [%s]}\
                                """
                                        .formatted(String.join(", ", all))));
    }
}
