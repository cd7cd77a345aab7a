package dev.understudy.schemas.model;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An entity type and the instance that owns it.
 *
 * @param kept what a replica keeps of it; the owner keeps all
 */
public record CatalogEntry(String owner, EntityType type, Subset kept) {
    private static final Pattern OWNER = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public CatalogEntry {
        if (!OWNER.matcher(owner).matches()) {
            throw new ModelException(
                    "'"
                            + owner
                            + "' cannot be an instance's name: lower-case letters, digits and"
                            + " hyphens, a letter first");
        }
    }

    /** All of a type. */
    public CatalogEntry(String owner, EntityType type) {
        this(owner, type, Subset.WHOLE);
    }

    /**
     * {@code <owner>.<full name>}: the catalog's notation and the topic of the type's change
     * events.
     */
    public String topic() {
        return owner + "." + type.fullName();
    }

    /**
     * Of another schema of the type the fields that are kept, in one of its own: those that this
     * entry has, or all if it leaves none out.
     *
     * @throws ModelException if the other schema lacks one of them
     */
    public EntityType part(EntityType other) {
        return kept.leftOut().isEmpty()
                ? other
                : Projection.of(
                        other,
                        type.fields().stream().map(EntityField::name).collect(Collectors.toSet()));
    }

    /**
     * The entry by another schema of its type: the same fields, the same condition.
     *
     * @throws ModelException if the other schema lacks a field, or cannot be asked for the
     *     condition
     */
    public CatalogEntry following(EntityType other) {
        EntityType part = part(other);
        Condition condition = Condition.of(part, kept.condition().notation());
        return new CatalogEntry(owner, part, Subset.of(other, part, condition));
    }
}
