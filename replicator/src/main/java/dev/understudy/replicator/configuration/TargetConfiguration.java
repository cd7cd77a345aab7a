package dev.understudy.replicator.configuration;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.SchemaFiles;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Properties {@code understudy.*}: whose replicas these are, and of what.
 *
 * @param instance the target instance's name
 * @param catalog entries {@code <owner>.<entity type's full name>}; those that the target does not
 *     own are replicated
 * @param schemas places of {@code .avsc} files: files, directories, {@code classpath:<folder>}
 */
@ConfigurationProperties("understudy")
public record TargetConfiguration(
        @Bindable(defaultValue = "") String instance,
        @Bindable(defaultValue = "") List<String> catalog,
        @Bindable(defaultValue = "classpath:contoso") List<String> schemas) {
    public TargetConfiguration {
        catalog = plain(catalog);
        schemas = plain(schemas);
        InvalidConfigurationException.matching(
                "[a-z][a-z0-9-]{0,62}",
                "understudy.instance",
                instance,
                "the target instance's name, such as europe: lower-case letters, digits and"
                        + " hyphens, a letter first");
        if (catalog.isEmpty()) {
            throw new InvalidConfigurationException(
                    "understudy.catalog",
                    "",
                    "a comma-separated list of <owner>.<entity type's full name>, such as"
                            + " us.contoso.crm.Account");
        }
    }

    /**
     * The catalog with its schemas.
     *
     * @throws InvalidConfigurationException if there is nothing to replicate
     */
    public Catalog load() {
        Catalog loaded = Catalog.of(catalog, new SchemaFiles(schemas));
        if (loaded.notOwnedBy(instance).isEmpty()) {
            throw new InvalidConfigurationException(
                    "understudy.catalog",
                    catalog,
                    "to have an entry that is not owned by " + instance);
        }
        return loaded;
    }

    private static List<String> plain(List<String> texts) {
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }
}
