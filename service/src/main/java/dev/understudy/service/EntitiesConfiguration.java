package dev.understudy.service;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.schemas.model.SchemaFiles;
import java.util.List;

/**
 * Properties {@code understudy.instance}, {@code .catalog} and {@code .schemas}: whose service it
 * is, and of which entities.
 *
 * @param instance the instance's name, such as {@code us}: lower-case letters, digits and hyphens
 * @param catalog entries {@code <owner>.<entity type's full name>}
 * @param schemas places of {@code .avsc} files: files, directories, {@code classpath:<folder>}
 */
public record EntitiesConfiguration(String instance, List<String> catalog, List<String> schemas) {
    private static final String INSTANCE = "understudy.instance";
    private static final String CATALOG = "understudy.catalog";
    private static final String SCHEMAS = "understudy.schemas";

    public EntitiesConfiguration {
        catalog = List.copyOf(catalog);
        schemas = List.copyOf(schemas);
        InvalidConfigurationException.matching(
                "[a-z][a-z0-9-]{0,62}",
                INSTANCE,
                instance,
                "the instance's name, such as us: lower-case letters, digits and hyphens, a letter"
                        + " first");
        if (catalog.isEmpty()) {
            throw new InvalidConfigurationException(
                    CATALOG,
                    "",
                    "a comma-separated list of <owner>.<entity type's full name>, such as"
                            + " us.contoso.crm.Account");
        }
        if (schemas.isEmpty()) {
            throw new InvalidConfigurationException(
                    SCHEMAS,
                    "",
                    "a comma-separated list of files, directories or classpath:<folder>");
        }
    }

    /** From properties, or their defaults. */
    public static EntitiesConfiguration of(Settings settings) {
        return new EntitiesConfiguration(
                settings.text(INSTANCE, ""),
                settings.list(CATALOG),
                settings.list(SCHEMAS, "classpath:contoso"));
    }

    /**
     * The catalog with its schemas.
     *
     * @throws StartException if they cannot be read, or do not fit each other
     */
    public Catalog load() {
        try {
            return Catalog.of(catalog, new SchemaFiles(schemas));
        } catch (ModelException e) {
            throw new StartException(
                    StartCode.INVALID_CATALOG,
                    "%s = %s with %s = %s cannot be used: %s"
                            .formatted(
                                    CATALOG,
                                    String.join(",", catalog),
                                    SCHEMAS,
                                    String.join(",", schemas),
                                    e.getMessage()),
                    e);
        }
    }
}
