package dev.understudy.instance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.instance.Contoso;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyLiteralTest {
    private static final EntityType THING = type("string");
    private static final EntityType COUNTED = type("long");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A-1", "O'Neil", "''", "a/b", "a%2Fb", "a,b)c(d", "=x", "a=b", "100%", "ключ", "😀",
                " ", "+", "a+b c", "?x#y&z", "\\", "\"", "\n", "..", "."
            })
    void anyTextIsAKeyThatComesBackFromItsUrl(String text) {
        EntityKey key = new EntityKey.OfString(text);

        assertThat(keyIn(THING, KeyLiteral.encode(key))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A-1", "'A", "A'", "'", "''", "'O'Neil'", "'a''", "'%zz'", "'%ff'"})
    void aStringKeyStandsInQuotes(String literal) {
        assertRefused(THING, literal);
    }

    @Test
    void reservedCharactersInsideQuotesMayStandBare() {
        assertThat(keyIn(THING, "'O''Neil,(Ltd)=+'").text()).isEqualTo("O'Neil,(Ltd)=+");
    }

    @Test
    void quotesMayBeEncoded() {
        assertThat(keyIn(THING, "%27O%27%27Neil%27").text()).isEqualTo("O'Neil");
    }

    @Test
    void aKeyMayBeNamed() {
        assertThat(keyIn(THING, "thingId='A=1'").text()).isEqualTo("A=1");
    }

    @Test
    void anotherNameIsNoKey() {
        assertRefused(THING, "colour='red'");
    }

    @Test
    void aUuidStandsBareInAnyCase() {
        assertThat(keyIn(Contoso.TICKET, "7F9C24E8-3B12-4FEF-91E0-5D1A3B2C4D5E").text())
                .isEqualTo("7f9c24e8-3b12-4fef-91e0-5d1a3b2c4d5e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "'7f9c24e8-3b12-4fef-91e0-5d1a3b2c4d5e'",
                "7f9c24e83-b12-4fef-91e0-5d1a3b2c4d5e",
                "7f9c24e8-3b12-4fef-91e0-5d1a3b2c4d5g"
            })
    void whatIsNoUuidIsRefused(String literal) {
        assertRefused(Contoso.TICKET, literal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+5", "05", "5.0", "9223372036854775808", "'5'"})
    void aNumberHasOneSpelling(String literal) {
        assertRefused(COUNTED, literal);
    }

    @Test
    void aNumberMayBeNegative() {
        assertThat(keyIn(COUNTED, "-5")).isEqualTo(new EntityKey.OfLong(-5L));
    }

    private static void assertRefused(EntityType type, String literal) {
        assertThatThrownBy(() -> keyIn(type, literal))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.code()).hasToString("InvalidKey"));
    }

    private static EntityKey keyIn(EntityType type, String literal) {
        Catalog catalog =
                type.references().isEmpty()
                        ? new Catalog(List.of(new CatalogEntry("us", type)))
                        : Contoso.CATALOG;
        String path = type.entitySet() + "(" + literal + ")";
        return ((EntityAddress.ByKey)
                        ((ResourcePath.Entity) ResourcePath.parse(catalog, path)).address())
                .id()
                .key();
    }

    private static EntityType type(String keyType) {
        return EntityType.of(
                new Schema.Parser()
                        .parse(
                                """
                                {"type": "record", "name": "Thing", "namespace": "test",
                                 "entity.key": "thingId",
                                 "fields": [{"name": "thingId", "type": "%s"}]}
                                """
                                        .formatted(keyType)));
    }
}
