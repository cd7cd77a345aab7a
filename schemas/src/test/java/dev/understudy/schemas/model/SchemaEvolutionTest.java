package dev.understudy.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which schema may follow which. */
final class SchemaEvolutionTest {
    private static final String ENUM =
            "{\"type\":\"enum\",\"name\":\"Kind\",\"symbols\":[\"A\",\"B\"]}";
    private static final String MONEY =
            "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":18,\"scale\":2}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"int\"` | `\"long\"`",
                "`\"float\"` | `\"double\"`",
                "`\"int\"` | `[\"null\",\"long\"], \"default\": null`",
                "`"
                        + ENUM
                        + "` | `{\"type\":\"enum\",\"name\":\"Kind\",\"symbols\":[\"B\",\"C\",\"A\"]}`",
                "`"
                        + MONEY
                        + "` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":2}`",
                "`\"string\"` | `\"string\", \"entity.references\": \"shop.Item\"`",
                "`\"string\"` | `\"string\", \"entity.onMissing\": \"reject\"`"
            })
    void thisMayFollow(String before, String after) {
        assertThat(between(before, after)).isInstanceOf(SchemaEvolution.Compatible.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"long\"` | `\"int\"` | `installed as long required, wanted as int required`",
                "`\"double\"` | `\"float\"` | `installed as double`",
                "`\"int\"` | `\"double\"` | `wanted as double`",
                "`\"int\"` | `\"string\"` | `installed as int required, wanted as string`",
                "`\"string\"` | `" + ENUM + "` | `wanted as enum of [A, B]`",
                "`" + ENUM + "` | `\"string\"` | `installed as enum of [A, B]`",
                "`"
                        + ENUM
                        + "` | `{\"type\":\"enum\",\"name\":\"Kind\",\"symbols\":[\"A\"]}` | `B`",
                "`[\"null\",\"int\"], \"default\": null` | `\"int\"` | `cannot become required`",
                "`"
                        + MONEY
                        + "` | `{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":3}` | `installed as decimal(18,2) required, wanted as decimal(20,3)`",
                "`{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}` | `{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}` | `installed as timestamp-millis`",
                "`\"string\", \"entity.references\": \"shop.Item\"` | `\"string\", \"entity.references\": \"shop.Other\"` | `keeps its target`",
                "`\"string\", \"entity.references\": \"shop.Item\"` | `\"string\"` | `keeps its target`",
                "`{\"type\":\"map\",\"values\":\"int\"}` | `{\"type\":\"map\",\"values\":\"string\"}` | `old events could not be read`"
            })
    void thisMayNotFollowAndTheReasonNamesFieldAndTypes(
            String before, String after, String because) {
        assertThat(reasons(between(before, after))).contains("shop.Item").contains(because);
    }

    @Test
    void newFieldNeedsADefault() {
        assertThat(added("\"string\", \"default\": \"x\"")).isEmpty();
        assertThat(added("[\"null\",\"string\"], \"default\": null")).isEmpty();
        assertThat(added("\"string\"")).contains("shop.Item.more", "required field has a default");
        assertThat(added("[\"null\",\"string\"]")).contains("a default (null)");
        assertThat(added("\"string\", \"default\": \"x\", \"entity.references\": \"shop.Item\""))
                .contains("a new reference is optional");
    }

    @Test
    void fieldsAndTheKeyStay() {
        EntityType installed = type("", field("\"int\""));
        assertThat(reasons(SchemaEvolution.between(installed, type("", ""))))
                .contains("shop.Item.field", "int required");
        EntityType otherKey =
                EntityType.of(
                        new Schema.Parser()
                                .parse(
                                        installed
                                                .schema()
                                                .toString()
                                                .replace("\"id\"", "\"other\"")));
        assertThat(reasons(SchemaEvolution.between(installed, otherKey)))
                .contains("the key was id");
    }

    @Test
    void alternateKeysAreOnlyAppended() {
        EntityType none = type("", field("\"string\""));
        EntityType one = type("\"entity.alternateKeys\": [[\"field\"]],", field("\"string\""));
        assertThat(SchemaEvolution.between(none, one))
                .isInstanceOf(SchemaEvolution.Compatible.class);
        assertThat(reasons(SchemaEvolution.between(one, none))).contains("none may go");
    }

    @Test
    void symbolMayGoIfOldEventsHaveADefault() {
        SchemaEvolution evolution =
                between(
                        ENUM,
                        "{\"type\":\"enum\",\"name\":\"Kind\",\"symbols\":[\"A\"],\"default\":\"A\"}");
        assertThat(((SchemaEvolution.Compatible) evolution).removedSymbols().values())
                .containsExactly(java.util.List.of("B"));
    }

    private static String added(String type) {
        EntityType after = type("", field("\"int\"").replace("field", "more"));
        return reasons(
                SchemaEvolution.between(
                        type("", ""),
                        EntityType.of(
                                new Schema.Parser()
                                        .parse(
                                                after.schema()
                                                        .toString()
                                                        .replace(
                                                                "\"more\",\"type\":\"int\"",
                                                                "\"more\",\"type\":" + type)))));
    }

    private static SchemaEvolution between(String before, String after) {
        return SchemaEvolution.between(type("", field(before)), type("", field(after)));
    }

    private static String reasons(SchemaEvolution evolution) {
        return switch (evolution) {
            case SchemaEvolution.Compatible _ -> "";
            case SchemaEvolution.Refused refused -> String.join("; ", refused.reasons());
        };
    }

    private static String field(String type) {
        return ", {\"name\": \"field\", \"type\": " + type + "}";
    }

    private static EntityType type(String properties, String fields) {
        return EntityType.of(
                new Schema.Parser()
                        .parse(
                                """
                                {"type": "record", "name": "Item", "namespace": "shop", %s
                                 "entity.key": "id", "fields": [
                                 {"name": "id", "type": "string"}%s]}\
                                """
                                        .formatted(properties, fields)));
    }
}
