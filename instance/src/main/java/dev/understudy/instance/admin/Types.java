package dev.understudy.instance.admin;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.security.Callers;
import dev.understudy.service.security.Role;
import jakarta.inject.Singleton;
import java.util.List;

/** The entity types that a request may name. */
@Singleton
public final class Types {
    private final Catalog catalog;
    private final String instance;
    private final Callers callers;

    Types(Catalog catalog, InstanceConfiguration configuration, Callers callers) {
        this.catalog = catalog;
        this.instance = configuration.instance();
        this.callers = callers;
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
     * The type of this name, which the caller administers.
     *
     * @throws AdminFault if there is none, another instance owns it, or the caller may not
     */
    public EntityType owned(String name) {
        CatalogEntry entry = administered(name);
        if (!entry.owner().equals(instance)) {
            throw AdminFault.ownedElsewhere(
                    "%s is owned by the instance '%s'".formatted(name, entry.owner()));
        }
        return entry.type();
    }

    /**
     * The catalog's entry of this name, which the caller administers.
     *
     * @throws AdminFault if there is none, or the caller may not
     */
    public CatalogEntry administered(String name) {
        require(name, Role.ADMINISTER);
        return catalog.entries().stream()
                .filter(entry -> entry.type().fullName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        AdminFault.notFound(
                                "'%s' is no entity type of '%s'".formatted(name, instance)));
    }

    /** Refuses a caller who does not have a role for all types. */
    public void requireAll(Role role) {
        if (!callers.current().allowAll(role)) {
            throw AdminFault.forbidden(
                    "the token does not grant '%s' of all types".formatted(role));
        }
    }

    /** Whether the caller has one of these roles for the type of this name. */
    public boolean isGranted(String name, Role... roles) {
        return callers.current().allowOneOf(name, roles);
    }

    /** Refuses a caller who has neither of these roles for the type of this name. */
    public void require(String name, Role... roles) {
        if (!isGranted(name, roles)) {
            throw AdminFault.forbidden(
                    "the token does not grant '%s' of %s".formatted(roles[0], name));
        }
    }
}
