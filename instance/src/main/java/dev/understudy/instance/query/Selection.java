package dev.understudy.instance.query;

import dev.understudy.schemas.model.EntityField;
import java.util.Optional;
import java.util.Set;

/**
 * What of an entity is shown.
 *
 * @param fields all if empty; the key is always shown
 */
public record Selection(Optional<Set<EntityField>> fields) {
    public static final Selection ALL = new Selection(Optional.empty());

    public Selection {
        fields = fields.map(Set::copyOf);
    }

    public boolean shows(EntityField field) {
        return fields.isEmpty() || fields.get().contains(field);
    }
}
