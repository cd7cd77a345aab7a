package dev.understudy.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTypeTest {
    private static final String RECORD =
            """
            {"type": "record", "name": "Thing", "namespace": "test", "entity.key": "id", %s
             "fields": [{"name": "id", "type": "string"}%s]}\
            """;

    private final EntityType account = contoso("Account");

    @Test
    void propertiesOfTheRecordAreRead() {
        assertThat(account.fullName()).isEqualTo("contoso.crm.Account");
        assertThat(account.entitySet()).isEqualTo("accounts");
        assertThat(account.key().name()).isEqualTo("accountId");
        assertThat(account.keyType()).isEqualTo(KeyType.UUID);
        assertThat(account.displayField().orElseThrow().name()).isEqualTo("name");
        assertThat(account.alternateKeys())
                .containsExactly(new AlternateKey(List.of(field("accountNumber"))));
    }

    @Test
    void aNullableFieldIsOptionalWithTheTypeInsideItsUnion() {
        assertThat(field("annualRevenue").required()).isFalse();
        assertThat(field("annualRevenue").type()).isEqualTo(new FieldType.Decimal(18, 2));
        assertThat(field("name").required()).isTrue();
    }

    @Test
    void aReferenceNamesItsTypeAndItsNavigation() {
        EntityField parent = field("parentAccountId");

        assertThat(parent.reference())
                .contains(new Reference("contoso.crm.Account", OnMissing.PLACEHOLDER));
        assertThat(parent.navigation()).isEqualTo("parentAccount");
        assertThat(account.references())
                .extracting(EntityField::name)
                .containsExactly("parentAccountId", "primaryContactId");
    }

    @Test
    void aReferenceMayAskToBeRejectedWhenMissing() {
        EntityType thing =
                thing(
                        "",
                        """
                        , {"name": "otherId", "type": "string", "entity.references": "test.Thing",
                           "entity.onMissing": "reject"}\
                        """);

        assertThat(thing.references().getFirst().reference().orElseThrow().onMissing())
                .isEqualTo(OnMissing.REJECT);
    }

    @Test
    void theEntitySetDefaultsToThePlural() {
        assertThat(thing("", "").entitySet()).isEqualTo("things");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"name":"x","type":["string","long"]}      | x: a union other than with null
                    {"name":"x","type":["null","string","int"]}| x: a union other than with null
                    {"name":"x","type":"null"}                 | x: a field that is always null
                    {"name":"_x","type":"string"}              | _x: field names start with a letter
                    {"name":"x","type":{"type":"long","logicalType":"timestamp-nanos"}} | x: timestamp-nanos is finer
                    {"name":"x","type":"double","entity.references":"test.Thing"} | x: a reference is a uuid, string or long
                    {"name":"x","type":"string","entity.references":"test.Thing","entity.onMissing":"skip"} | x: entity.onMissing is
                    """)
    void aFieldThatCannotBeKeptIsRefusedByName(String field, String message) {
        assertThatThrownBy(() -> thing("", ", " + field))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("test.Thing." + message);
    }

    @Test
    void aPropertyThatNamesNoFieldIsRefused() {
        assertThatThrownBy(() -> thing("\"entity.alternateKeys\": [[\"nope\"]],", ""))
                .hasMessageContaining("test.Thing.nope: entity.alternateKeys names no such field");
        assertThatThrownBy(() -> thing("\"entity.alternateKeys\": \"nope\",", ""))
                .hasMessageContaining("entity.alternateKeys is a list of lists");
    }

    @Test
    void aRecordWithoutAKeyIsRefused() {
        Schema schema =
                new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"NoKey\",\"fields\":[]}");

        assertThatThrownBy(() -> EntityType.of(schema))
                .hasMessageContaining("NoKey: the record property entity.key");
    }

    static EntityType contoso(String name) {
        return EntityType.of(
                new SchemaFiles(List.of("classpath:contoso")).schema("contoso.crm." + name));
    }

    private static EntityType thing(String properties, String moreFields) {
        return EntityType.of(new Schema.Parser().parse(RECORD.formatted(properties, moreFields)));
    }

    private EntityField field(String name) {
        return account.field(name).orElseThrow();
    }
}
