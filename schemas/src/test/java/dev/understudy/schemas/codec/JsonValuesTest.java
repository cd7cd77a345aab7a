package dev.understudy.schemas.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.schemas.model.EntityField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValuesTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    text      | 5                          | a string without NUL
                    text      | "a\\u0000b"                | a string without NUL
                    uuid      | "1-2-3-4-5"                | a UUID
                    small     | 2147483648                 | a 32-bit integer
                    small     | 1.0                        | a 32-bit integer
                    large     | 9223372036854775808        | a 64-bit integer
                    large     | "1"                        | a 64-bit integer
                    single    | 1e39                       | a number
                    flag      | "true"                     | true or false
                    money     | 0.001                      | at most 18 digits, 2 of them decimals
                    money     | 10000000000000000          | at most 18 digits
                    money     | 1e999999999                | at most 18 digits
                    day       | "2026-02-29"               | a date
                    millis    | "10:00:00.0001"            | a time
                    at        | "2026-11-21T10:00:00"      | a timestamp
                    atMillis  | "2026-11-21T10:00:00.0001Z"| to the millisecond
                    at        | "2026-11-21T10:00:00.0000001Z"| to the microsecond
                    colour    | "GREEN"                    | one of [RED, BLUE]
                    blob      | "***"                      | base64
                    hash      | "AAE="                     | base64
                    """)
    void aValueOfAnotherTypeIsRefusedAndNeverCoerced(String field, String json, String expected)
            throws JsonProcessingException {
        JsonNode node = JSON.readTree(json);
        EntityField declared = EveryField.TYPE.field(field).orElseThrow();

        assertThatThrownBy(() -> JsonValues.fromJson(declared, node))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    tags    | "a"                                     | an array
                    tags    | [1]                                     | a string
                    scores  | []                                      | an object
                    address | {"street": "x"}                         | a value, not null
                    address | {"street": "x", "since": "2020-01-01", "zip": 1} | no field 'zip'
                    """)
    void aDocumentOfAnotherShapeIsRefused(String field, String json, String expected)
            throws JsonProcessingException {
        JsonNode node = JSON.readTree(json);
        EntityField declared = EveryField.TYPE.field(field).orElseThrow();

        assertThatThrownBy(() -> JsonValues.fromJson(declared, node))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(expected);
    }
}
