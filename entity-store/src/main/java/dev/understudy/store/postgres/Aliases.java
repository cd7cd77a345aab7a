package dev.understudy.store.postgres;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts entities in the place of the provisional keys that stood for them. */
final class Aliases {
    private final Catalog catalog;
    private final AllRows rows;

    Aliases(Catalog catalog, AllRows rows) {
        this.catalog = catalog;
        this.rows = rows;
    }

    /** The content with its references to aliases replaced. */
    EntityContent replaced(Statements statements, EntityContent content) throws SQLException {
        Set<EntityId> provisional = provisional(content);
        return provisional.isEmpty()
                ? content
                : References.replaced(
                        catalog, content, rows.aliases(statements.connection(), provisional));
    }

    /** What each of these means now: values of an alternate key may be references, too. */
    Map<AlternateId, AlternateId> meant(Connection connection, Collection<AlternateId> ids)
            throws SQLException {
        Set<EntityId> provisional =
                ids.stream()
                        .flatMap(id -> provisional(id.content()).stream())
                        .collect(Collectors.toSet());
        Map<EntityId, EntityId> aliases =
                provisional.isEmpty() ? Map.of() : rows.aliases(connection, provisional);
        Map<AlternateId, AlternateId> meant = HashMap.newHashMap(ids.size());
        for (AlternateId id : ids) {
            meant.put(
                    id,
                    aliases.isEmpty()
                            ? id
                            : id.in(References.replaced(catalog, id.content(), aliases)));
        }
        return meant;
    }

    private Set<EntityId> provisional(EntityContent content) {
        return References.of(catalog, content).stream()
                .filter(id -> AlternateId.mayBeProvisional(id.key()))
                .collect(Collectors.toSet());
    }
}
