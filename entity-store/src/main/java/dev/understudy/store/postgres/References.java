package dev.understudy.store.postgres;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What content refers to. */
final class References {
    private References() {}

    static Set<EntityId> of(Catalog catalog, EntityContent content) {
        Set<EntityId> references = new LinkedHashSet<>();
        for (EntityField field : content.type().references()) {
            EntityKey key = content.reference(field);
            if (key != null) {
                references.add(new EntityId(catalog.target(field), key));
            }
        }
        return references;
    }

    /** The content, referring to other entities instead of these. */
    static EntityContent replaced(
            Catalog catalog, EntityContent content, Map<EntityId, EntityId> others) {
        EntityContent replaced = content;
        for (EntityField field : content.type().references()) {
            EntityKey key = content.reference(field);
            EntityId other =
                    key == null ? null : others.get(new EntityId(catalog.target(field), key));
            if (other != null) {
                replaced = replaced.with(field, other.key().value());
            }
        }
        return replaced;
    }
}
