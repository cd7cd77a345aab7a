package dev.understudy.instance.write;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who may write what: the owner of an entity type, and nobody else. */
@Singleton
public final class Ownership {
    private final Catalog catalog;
    private final String instance;

    Ownership(Catalog catalog, InstanceConfiguration configuration) {
        this.catalog = catalog;
        this.instance = configuration.instance();
    }

    /** The refusal of a write to a type that this instance only holds a replica of. */
    public Optional<Refusal> refusal(EntityType type) {
        String owner = catalog.entry(type.fullName()).owner();
        return owner.equals(instance)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Refusal.Reason.OWNED_ELSEWHERE,
                                "%s is owned by the instance '%s': write it there; '%s' holds a replica"
                                        .formatted(type, owner, instance)));
    }
}
