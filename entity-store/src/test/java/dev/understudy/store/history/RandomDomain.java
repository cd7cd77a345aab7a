package dev.understudy.store.history;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;

/**
 * Entity types that nobody has thought of: keys of every kind, references in every direction,
 * alternate keys of one or two fields. The first type has UUIDs and alternate keys, and every type
 * refers to it, so that no domain is without what is to be tried. The last type is the instance's
 * own.
 */
final class RandomDomain {
    static final String INSTANCE = "europe";

    private static final List<String> KEY_TYPES =
            List.of("{\"type\": \"string\", \"logicalType\": \"uuid\"}", "\"string\"", "\"long\"");
    private static final List<String> FIELD_TYPES =
            List.of(
                    "\"string\"",
                    "\"int\"",
                    "\"boolean\"",
                    "\"double\"",
                    "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 12, \"scale\": 2}",
                    "{\"type\": \"int\", \"logicalType\": \"date\"}",
                    "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}",
                    "{\"type\": \"enum\", \"name\": \"%s\", \"symbols\": [\"A\", \"B\", \"C\"]}",
                    "{\"type\": \"array\", \"items\": \"string\"}");

    private final Random random;
    private final String namespace;
    private final int types;
    private final List<String> keyTypes = new ArrayList<>();

    private RandomDomain(Random random, int number) {
        this.random = random;
        this.namespace = "domain" + number;
        this.types = 2 + random.nextInt(3);
        for (int i = 0; i < types; i++) {
            keyTypes.add(
                    i == 0 || random.nextInt(2) == 0
                            ? KEY_TYPES.getFirst()
                            : KEY_TYPES.get(random.nextInt(KEY_TYPES.size())));
        }
    }

    /** A catalog whose tables are in a database schema of this number. */
    static Catalog catalog(Random random, int number) {
        return new RandomDomain(random, number).catalog();
    }

    static boolean keysCanBeDerived(EntityType type) {
        return type.keyType() == KeyType.UUID;
    }

    private Catalog catalog() {
        List<CatalogEntry> entries = new ArrayList<>();
        for (int i = 0; i < types; i++) {
            String owner = i == types - 1 ? INSTANCE : "us";
            entries.add(
                    new CatalogEntry(owner, EntityType.of(new Schema.Parser().parse(schema(i)))));
        }
        return new Catalog(entries);
    }

    private String schema(int type) {
        List<String> fields = new ArrayList<>();
        fields.add(field("id", keyTypes.get(type), ""));
        int references = 1 + random.nextInt(3);
        for (int i = 0; i < references; i++) {
            int target = i == 0 ? 0 : random.nextInt(types - 1);
            fields.add(
                    field(
                            "ref" + i,
                            optional(keyTypes.get(target)),
                            ", \"default\": null, \"entity.references\": \"%s.Type%d\""
                                    .formatted(namespace, target)));
        }
        fields.add(field("code", optional("\"string\""), ", \"default\": null"));
        fields.add(field("number", "\"long\"", ""));
        int plain = random.nextInt(5);
        for (int i = 0; i < plain; i++) {
            String fieldType =
                    FIELD_TYPES
                            .get(random.nextInt(FIELD_TYPES.size()))
                            .formatted("Enum" + type + "x" + i);
            fields.add(
                    random.nextBoolean()
                            ? field("plain" + i, fieldType, "")
                            : field("plain" + i, optional(fieldType), ", \"default\": null"));
        }
        return """
        {"type": "record", "name": "Type%d", "namespace": "%s", "entity.key": "id",
         "entity.set": "type%ds", "entity.alternateKeys": [%s], "fields": [%s]}
        """
                .formatted(type, namespace, type, alternateKeys(type), String.join(", ", fields));
    }

    private String alternateKeys(int type) {
        return switch (type == 0 ? random.nextInt(2) : random.nextInt(5)) {
            case 0 -> "[\"code\"]";
            case 1 -> "[\"code\"], [\"number\"]";
            case 2 -> "";
            case 3 -> "[\"code\", \"number\"]";
            default -> "[\"ref0\", \"code\"]";
        };
    }

    private static String optional(String type) {
        return "[\"null\", " + type + "]";
    }

    private static String field(String name, String type, String properties) {
        return "{\"name\": \"%s\", \"type\": %s%s}".formatted(name, type, properties);
    }
}
