package dev.understudy.replicator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FollowedTest {
    private static final String TOPIC = "us.contoso.crm.Account";
    private static final SchemaFiles SCHEMAS = new SchemaFiles(List.of("classpath:contoso"));

    @Test
    void aConditionGoesOnLookingAtItsFieldWhereverANewerSchemaHasIt() {
        Catalog configured =
                Catalog.of(
                        List.of(TOPIC + " where country in ('DE', 'FR')", "us.contoso.crm.Contact"),
                        SCHEMAS);
        Followed followed = new Followed();
        followed.want(TOPIC, withAFieldInFront(configured.entry("contoso.crm.Account").type()));

        CatalogEntry evolved = followed.evolved(configured).entry("contoso.crm.Account");

        assertThat(evolved.type().field("rating")).isPresent();
        assertThat(evolved.kept().holds(account(evolved.type(), "DE"))).isTrue();
        assertThat(evolved.kept().holds(account(evolved.type(), "JP"))).isFalse();
    }

    private static EntityType withAFieldInFront(EntityType type) {
        String rating = "{'name': 'rating', 'type': ['null', 'string'], 'default': null},";
        String schema =
                type.schema()
                        .toString()
                        .replace("\"fields\":[", "\"fields\":[" + rating.replace('\'', '"'));
        return EntityType.of(new Schema.Parser().parse(schema));
    }

    private static EntityContent account(EntityType type, String country) {
        @Nullable Object[] values = new Object[type.fields().size()];
        values[type.field("country").orElseThrow().index()] = country;
        return EntityContent.of(type, values);
    }
}
