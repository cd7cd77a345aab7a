package dev.understudy.instance.query;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.query.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The names of a type's fields, references and annotations.
 *
 * @param readable whether entities of a type may be looked at
 */
record Fields(Catalog catalog, EntityType type, Predicate<EntityType> readable) {
    private static final int MAX_REFERENCES = 3;
    private static final String STATE = "@understudy.state";
    private static final String COMPLETE = "@understudy.complete";

    EntityField field(String name) {
        return type.field(name).orElseThrow(() -> unknown("field", name));
    }

    /** The field of the reference with this navigation property. */
    EntityField reference(String navigation) {
        return type.references().stream()
                .filter(field -> field.navigation().equals(navigation))
                .findFirst()
                .orElseThrow(() -> unknown("reference", navigation));
    }

    Fields through(EntityField reference) {
        EntityType target = catalog.target(reference);
        if (!readable.test(target)) {
            throw new InvalidQueryException(
                    InvalidQueryException.Reason.FORBIDDEN,
                    "the token does not grant 'read' of " + target);
        }
        return new Fields(catalog, target, readable);
    }

    /** What a path such as {@code account/name} leads to. */
    Operand operand(List<String> path) {
        if (path.size() > MAX_REFERENCES + 1) {
            throw new InvalidQueryException(
                    InvalidQueryException.Reason.TOO_COMPLEX,
                    "a path has at most %d references".formatted(MAX_REFERENCES));
        }
        Fields at = this;
        List<EntityField> through = new ArrayList<>();
        for (String navigation : path.subList(0, path.size() - 1)) {
            EntityField reference = at.reference(navigation);
            through.add(reference);
            at = at.through(reference);
        }
        String last = path.getLast();
        if (last.equals(STATE)) {
            return new Operand.State(through);
        }
        if (last.equals(COMPLETE) && through.isEmpty()) {
            return new Operand.Complete();
        }
        if (last.startsWith("@") || last.startsWith("$")) {
            throw InvalidQueryException.unsupported(last);
        }
        return new Operand.Stored(through, at.fieldOrReference(last));
    }

    private EntityField fieldOrReference(String name) {
        return type.field(name)
                .or(() ->
                        type.references().stream()
                                .filter(field -> field.navigation().equals(name))
                                .findFirst())
                .orElseThrow(() -> unknown("field", name));
    }

    private InvalidQueryException unknown(String what, String name) {
        return new InvalidQueryException(
                InvalidQueryException.Reason.UNKNOWN_FIELD,
                "%s has no %s '%s'".formatted(type, what, name));
    }
}
