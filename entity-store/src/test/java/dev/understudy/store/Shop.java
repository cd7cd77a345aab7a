package dev.understudy.store;

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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Versions of a small schema, {@code shop.Item}, whose key is the string field {@code id}. */
record Shop(Catalog catalog) {
    /** Fields that every version has. */
    static final String FIRST =
            """
            {"name": "name", "type": "string"},
            {"name": "count", "type": "int"},
            {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal",
                "precision": 9, "scale": 2}], "default": null},
            {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
            {"name": "peer", "type": ["null", "string"], "default": null}\
            """;

    /** All changes that are supported, at once. */
    static final String SECOND =
            """
            {"name": "name", "type": ["null", "string"], "default": null},
            {"name": "count", "type": "long"},
            {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal",
                "precision": 18, "scale": 2}], "default": null},
            {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B", "C"]}},
            {"name": "peer", "type": ["null", "string"], "default": null,
                "entity.references": "shop.Item"},
            {"name": "grade", "type": "string", "default": "none"},
            {"name": "note", "type": ["null", "string"], "default": null},
            {"name": "parent", "type": ["null", "string"], "default": null,
                "entity.references": "shop.Item"}\
            """;

    static Shop of(String fields) {
        return of("", fields);
    }

    static Shop of(String properties, String fields) {
        String schema =
                """
                {"type": "record", "name": "Item", "namespace": "shop", "entity.key": "id", %s
                 "fields": [{"name": "id", "type": "string"}, %s]}\
                """
                        .formatted(properties, fields);
        EntityType type = EntityType.of(new Schema.Parser().parse(schema));
        return new Shop(new Catalog(List.of(new CatalogEntry("us", type))));
    }

    EntityType type() {
        return catalog.types().getFirst();
    }

    EntityId id(String key) {
        return new EntityId(type(), new EntityKey.OfString(key));
    }

    EntityContent item(String key, String name) {
        EntityContent content = EntityContent.ofKey(type(), new EntityKey.OfString(key));
        content = Contoso.with(content, "name", name);
        content = Contoso.with(content, "count", 1L);
        return Contoso.with(content, "kind", "A");
    }

    static ChangeEvent upserted(EntityContent content, long version) {
        return new ChangeEvent(
                content.key(),
                content,
                new ChangeMetadata(
                        "us",
                        ChangeKind.UPSERTED,
                        new Version(version),
                        new Position(1, version),
                        Instant.EPOCH,
                        Optional.empty()));
    }
}
