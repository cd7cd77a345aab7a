package dev.understudy.schemas.model;

import java.util.regex.Pattern;

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
}
