package dev.understudy.store.install;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
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
     * The schema that is installed.
     *
     * @param fingerprint of the newest one, as the database has it
     * @param newer the types by the schemas that came after this service's own, newest first
     */
    public record Known(String fingerprint, List<EntityType> newer) {
        public Known {
            newer = List.copyOf(newer);
        }
    }

    public KnownSchemas(Catalog catalog) {
        for (CatalogEntry entry : catalog.entries()) {
            EntityType type = entry.type();
            byName.put(type.fullName(), new Known(InstalledTypes.fingerprint(type), List.of()));
        }
    }

    /** Other schemas of these types, by their full names, are installed by now. */
    public void outdated(Collection<String> names) {
        outdated.addAll(names);
    }

    /** The schema of a type; asks the database if it has become another one. */
    public Known of(EntityType type, Access access) throws SQLException {
        String name = type.fullName();
        if (outdated.contains(name)) {
            byName.put(name, new InstalledTypes(access.connection()).since(type));
            outdated.remove(name);
        }
        Known known = byName.get(name);
        if (known == null) {
            throw new IllegalArgumentException(type + " is not in the catalog");
        }
        return known;
    }

    /** How the database is come by, if it is needed. */
    @FunctionalInterface
    public interface Access {
        Connection connection() throws SQLException;
    }
}
