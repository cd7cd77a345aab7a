package dev.understudy.replicator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FollowedTest {
    private static final String TOPIC = "us.contoso.crm.Account";
    private static final SchemaFiles SCHEMAS = new SchemaFiles(List.of("classpath:contoso"));
    private static final EntityType WHOLE = EntityType.of(SCHEMAS.schema("contoso.crm.Account"));

    @Test
    void aConditionGoesOnLookingAtItsFieldWhereverANewerSchemaHasIt() {
        Catalog configured =
                Catalog.of(
                        List.of(TOPIC + " where country in ('DE', 'FR')", "us.contoso.crm.Contact"),
                        SCHEMAS);
        Followed followed = new Followed();
        CatalogEntry account = configured.entry("contoso.crm.Account");
        followed.want(account, withAFieldInFront(account.type()));

        CatalogEntry evolved = followed.evolved(configured).entry("contoso.crm.Account");

        assertThat(evolved.type().field("rating")).isPresent();
        assertThat(evolved.kept().holds(account(evolved.type(), "DE"))).isTrue();
        assertThat(evolved.kept().holds(account(evolved.type(), "JP"))).isFalse();
    }

    @Test
    void ofAListOfFieldsThoseFollowThatAreListedAndNoOthers() {
        Catalog configured = listed("(name, employees) where country = 'DE'");
        CatalogEntry account = configured.entry("contoso.crm.Account");
        EntityType whole = withAFieldInFront(WHOLE);
        EntityType wider = changed(whole, "'null','int'", "'null','long'");
        Followed followed = new Followed();

        assertThat(Followed.isNewer(account, whole)).isFalse();
        assertThat(Followed.isNewer(account, wider)).isTrue();
        followed.want(account, wider);
        CatalogEntry evolved = followed.evolved(configured).entry("contoso.crm.Account");

        assertThat(evolved.type().fields())
                .extracting(EntityField::name)
                .containsExactly("accountId", "name", "employees", "country");
        assertThat(evolved.type().field("employees").orElseThrow().type())
                .isEqualTo(wider.field("employees").orElseThrow().type());
        assertThat(evolved.kept().leftOut()).contains("rating", "city");
        assertThat(evolved.kept().holds(account(evolved.type(), "DE"))).isTrue();
        assertThat(evolved.kept().holds(account(evolved.type(), "JP"))).isFalse();
        assertThat(Followed.isNewer(evolved, wider)).isFalse();
    }

    /** What is left out may change as it likes, also against what was wanted before. */
    @Test
    void whatIsLeftOutHoldsNothingUp() {
        Catalog configured = listed("(name, employees)");
        CatalogEntry account = configured.entry("contoso.crm.Account");
        EntityType wider = changed(WHOLE, "'null','int'", "'null','long'");
        EntityType renamed = changed(wider, "'name':'city'", "'name':'town'");
        Followed followed = new Followed();

        assertThat(
                        Followed.isNewer(
                                account, changed(WHOLE, "'name':'employees'", "'name':'staff'")))
                .isFalse();
        assertThat(Followed.isNewer(account, changed(WHOLE, "'name':'city'", "'name':'town'")))
                .isFalse();
        followed.want(account, renamed);
        followed.want(account, wider);

        CatalogEntry evolved = followed.evolved(configured).entry("contoso.crm.Account");
        assertThat(evolved.type()).isEqualTo(account.part(wider)).isEqualTo(account.part(renamed));
    }

    private static Catalog listed(String part) {
        return Catalog.of(List.of(TOPIC + part, "us.contoso.crm.Contact"), SCHEMAS);
    }

    private static EntityType withAFieldInFront(EntityType type) {
        String rating = "{'name': 'rating', 'type': ['null', 'string'], 'default': null},";
        return changed(type, "'fields':[", "'fields':[" + rating);
    }

    /** The parts are written with single quotes. */
    private static EntityType changed(EntityType type, String part, String replacement) {
        String schema = type.schema().toString();
        assertThat(schema).contains(part.replace('\'', '"'));
        return EntityType.of(
                new Schema.Parser()
                        .parse(
                                schema.replace(
                                        part.replace('\'', '"'), replacement.replace('\'', '"'))));
    }

    private static EntityContent account(EntityType type, String country) {
        @Nullable Object[] values = new Object[type.fields().size()];
        values[type.field("country").orElseThrow().index()] = country;
        return EntityContent.of(type, values);
    }
}
