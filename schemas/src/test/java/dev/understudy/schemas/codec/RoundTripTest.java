package dev.understudy.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.io.IOException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final String ORDINARY =
            """
            {"id": 7, "text": "Zoë \\u20ac", "uuid": "7f1b2c3d-0000-4000-8000-00000000000a", "small": -2147483648,
             "large": 9223372036854775807, "single": 1.5, "precise": 0.1, "flag": true, "money": 1234567.80,
             "fixedMoney": -0.0001, "day": "2026-02-28", "millis": "23:59:59.999", "micros": "00:00:00.000001",
             "at": "2026-11-21T10:00:00.123456Z", "atMillis": "1969-12-31T23:59:59.999Z",
             "local": "2026-11-21T10:00:00.000001", "colour": "BLUE", "blob": "AAH/", "hash": "AQIDBA==",
             "tags": ["a", "b"], "scores": {"x": 1.25, "y": null},
             "address": {"street": "Main", "since": "2020-01-01", "note": null}}\
            """;
    private static final String EXTREME =
            """
            {"id": -9223372036854775808, "text": null, "uuid": "00000000-0000-0000-0000-000000000000", "small": 0,
             "large": null, "single": -3.4028234663852886E38, "precise": 4.9E-324, "flag": false,
             "money": -9999999999999999.99, "fixedMoney": 99999999999999.9999, "day": "0001-01-01", "millis": "00:00",
             "micros": "23:59:59.999999", "at": "9999-12-31T23:59:59.999999Z", "atMillis": "0001-01-01T00:00:00Z",
             "local": "1969-12-31T23:59:59.999999", "colour": "RED", "blob": "", "hash": "AAAAAA==", "tags": [],
             "scores": null, "address": {"street": "", "since": "1900-01-01", "note": "n"}}\
            """;

    @ParameterizedTest
    @ValueSource(strings = {ORDINARY, EXTREME})
    void contentSurvivesAvroBytes(String json) throws IOException {
        EntityContent content = read(json);

        assertThat(throughAvro(content)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDINARY, EXTREME})
    void contentSurvivesJson(String json) throws IOException {
        EntityContent content = read(json);

        JsonNode written = JSON.createObjectNode();
        for (EntityField field : EveryField.TYPE.fields()) {
            Object value = content.value(field);
            ((com.fasterxml.jackson.databind.node.ObjectNode) written)
                    .set(
                            field.name(),
                            value == null ? JSON.nullNode() : JsonValues.toJson(field, value));
        }

        assertThat(read(written.toString())).isEqualTo(content);
    }

    @Test
    void aMarkerOfOnlyAKeyIsStillARecordOfTheSchema() throws IOException {
        EntityContent marker = EntityContent.ofKey(EveryField.TYPE, new EntityKey.OfLong(7L));

        assertThat(throughAvro(marker).key()).isEqualTo(marker.key());
    }

    private static EntityContent read(String json) throws IOException {
        JsonNode node = JSON.readTree(json);
        Object[] values = new Object[EveryField.TYPE.fields().size()];
        for (EntityField field : EveryField.TYPE.fields()) {
            JsonNode value = node.get(field.name());
            values[field.index()] = value.isNull() ? null : JsonValues.fromJson(field, value);
        }
        return EntityContent.of(EveryField.TYPE, values);
    }

    @Test
    void aKeyBehindOtherFieldsIsRead() throws IOException {
        EntityType type =
                EntityType.of(
                        new Schema.Parser()
                                .parse(
                                        """
                                        {"type": "record", "name": "Late", "namespace": "test", "entity.key": "code",
                                         "fields": [
                                          {"name": "note", "type": ["null", "string"], "default": null},
                                          {"name": "sizes", "type": {"type": "array", "items": "string"}},
                                          {"name": "code", "type": "string"},
                                          {"name": "rest", "type": "string"}]}\
                                        """));
        EntityKey key = new EntityKey.OfString("K-1");
        EntityContent content =
                EntityContent.ofKey(type, key)
                        .with(type.field("note").orElseThrow(), "n")
                        .with(type.field("sizes").orElseThrow(), JSON.readTree("[\"a\", \"b\"]"))
                        .with(type.field("rest").orElseThrow(), "r");
        byte[] avro = EncodedContent.of(content).avro().array();
        byte[] behind = new byte[avro.length + 3];
        System.arraycopy(avro, 0, behind, 3, avro.length);

        EncodedContent read = EncodedContent.read(type, behind, 3);

        assertThat(read.key()).isEqualTo(key);
        assertThat(read.content()).isEqualTo(content);
    }

    private static EntityContent throughAvro(EntityContent content) throws IOException {
        byte[] avro = EncodedContent.of(content).avro().array();
        return EncodedContent.read(EveryField.TYPE, avro, 0).content();
    }
}
