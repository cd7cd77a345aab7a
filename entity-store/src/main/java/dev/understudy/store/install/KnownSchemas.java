package dev.understudy.store.install;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.install.InstalledTypes.Installed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a store knows of the schemas that are installed in its database: first its own, later those
 * that newer services have brought. Thread-safe.
 */
public final class KnownSchemas {
    private final Map<String, Known> byName = new ConcurrentHashMap<>();
    private final Set<String> outdated = ConcurrentHashMap.newKeySet();

    /**
     * A schema that is installed.
     *
     * @param type as the schema says
     * @param fingerprint as the database has it
     */
    public record Known(EntityType type, String fingerprint) {}

    public KnownSchemas(Catalog catalog) {
        for (CatalogEntry entry : catalog.entries()) {
            EntityType type = entry.type();
            byName.put(type.fullName(), new Known(type, InstalledTypes.fingerprint(type)));
        }
    }

    /** Other schemas of these types, by their full names, are installed by now. */
    public void outdated(Collection<String> names) {
        outdated.addAll(names);
    }

    /** The schema of a type; asks the database if it has become another one. */
    public Known of(Connection connection, EntityType type) throws SQLException {
        if (outdated.contains(type.fullName())) {
            Installed installed = new InstalledTypes(connection).all().get(type.fullName());
            if (installed != null) {
                byName.put(type.fullName(), new Known(installed.type(), installed.fingerprint()));
            }
            outdated.remove(type.fullName());
        }
        return of(type);
    }

    /** Whether the schema of a type is no other than this service's, as far as is known. */
    public boolean isOwn(EntityType type) {
        return !outdated.contains(type.fullName()) && of(type).type().equals(type);
    }

    /** The schema of a type that is known. */
    public Known of(EntityType type) {
        Known known = byName.get(type.fullName());
        if (known == null) {
            throw new IllegalArgumentException(type + " is not in the catalog");
        }
        return known;
    }
}
