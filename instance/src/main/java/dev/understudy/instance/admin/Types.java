package dev.understudy.instance.admin;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import jakarta.inject.Singleton;
import java.util.List;

/** The entity types that a request may name. */
@Singleton
public final class Types {
    private final Catalog catalog;
    private final String instance;

    Types(Catalog catalog, InstanceConfiguration configuration) {
        this.catalog = catalog;
        this.instance = configuration.instance();
    }

    /** The instance's name. */
    public String instance() {
        return instance;
    }

    /** All of the catalog. */
    public List<CatalogEntry> all() {
        return catalog.entries();
    }

    /** Those that this instance may write. */
    public List<EntityType> owned() {
        return catalog.ownedBy(instance).stream().map(CatalogEntry::type).toList();
    }

    /**
     * The type of this name.
     *
     * @throws AdminFault if there is none, or another instance owns it
     */
    public EntityType owned(String name) {
        CatalogEntry entry = entry(name);
        if (!entry.owner().equals(instance)) {
            throw AdminFault.ownedElsewhere(
                    "%s is owned by the instance '%s'".formatted(name, entry.owner()));
        }
        return entry.type();
    }

    /**
     * The catalog's entry of this name.
     *
     * @throws AdminFault if there is none
     */
    public CatalogEntry entry(String name) {
        return catalog.entries().stream()
                .filter(entry -> entry.type().fullName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        AdminFault.notFound(
                                "'%s' is no entity type of '%s'".formatted(name, instance)));
    }
}
