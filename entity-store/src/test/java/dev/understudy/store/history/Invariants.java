package dev.understudy.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityStore;
import dev.understudy.store.TestDatabase;
import dev.understudy.store.table.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What holds in every committed state, seen with queries of our own. */
final class Invariants {
    private final TestDatabase database;
    private final Catalog catalog;
    private final List<String> violations = new ArrayList<>();
    private final Map<EntityId, Version> seen = new HashMap<>();

    Invariants(TestDatabase database, Catalog catalog) {
        this.database = database;
        this.catalog = catalog;
        for (EntityType type : catalog.types()) {
            for (EntityField field : type.references()) {
                violations.add(withoutParent(type, field, catalog.target(field)));
            }
            for (AlternateKey key : type.alternateKeys()) {
                violations.add(heldTwice(type, key));
            }
        }
    }

    /** Every foreign key holds, and no alternate key is held twice. */
    void check() {
        for (String violation : violations) {
            assertThat(database.query(violation)).as(violation).isEmpty();
        }
    }

    /** How many rows there are, of all types and states. */
    int rows() {
        return catalog.types().stream()
                .flatMap(type -> database.query("SELECT count(*) FROM " + table(type)).stream())
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** No row has gone back since it was last looked at. */
    void checkVersions(EntityStore store, List<EntityId> ids) {
        for (EntityId id : ids) {
            store.read(id)
                    .ifPresent(row -> {
                        Version before = seen.getOrDefault(id, Version.NONE);
                        assertThat(row.version()).as("%s", id).isGreaterThanOrEqualTo(before);
                        seen.put(id, row.version());
                    });
        }
    }

    private static String withoutParent(EntityType type, EntityField field, EntityType target) {
        return """
        SELECT c.%2$s::text FROM %1$s c LEFT JOIN %3$s p ON p.%4$s = c.%2$s
        WHERE c.%2$s IS NOT NULL AND p.%4$s IS NULL
        """
                .formatted(
                        table(type),
                        column(type, field),
                        table(target),
                        column(target, target.key()));
    }

    private static String heldTwice(EntityType type, AlternateKey key) {
        String columns =
                key.fields().stream()
                        .map(field -> column(type, field))
                        .collect(Collectors.joining(", "));
        String present =
                key.fields().stream()
                        .map(field -> column(type, field) + " IS NOT NULL")
                        .collect(Collectors.joining(" AND "));
        return "SELECT count(*) FROM %s WHERE %s AND \"_ceded\" & %d = 0 GROUP BY %s HAVING count(*) > 1"
                .formatted(table(type), present, 1 << type.alternateKeys().indexOf(key), columns);
    }

    static String table(EntityType type) {
        return Names.quoted(Names.schema(type)) + "." + Names.quoted(Names.table(type));
    }

    static String column(EntityType type, EntityField field) {
        return Names.quoted(Names.column(type, field.name()));
    }
}
