package dev.understudy.instance.configuration;

import dev.understudy.schemas.model.OnMissing;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Properties {@code understudy.*}: who the instance is and what it holds.
 *
 * @param instance the instance's name, such as {@code us}: lower-case letters, digits and hyphens
 * @param catalog entries {@code <owner>.<entity type's full name>}
 * @param schemas places of {@code .avsc} files: files, directories, {@code classpath:<folder>}
 * @param onMissing {@code placeholder} or {@code reject}: what a write does for a reference to an
 *     entity that is not there
 */
public record InstanceConfiguration(
        String instance, List<String> catalog, List<String> schemas, OnMissing onMissing) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public InstanceConfiguration {
        catalog = plain(catalog);
        schemas = plain(schemas);
        if (!NAME.matcher(instance).matches()) {
            throw new InvalidConfigurationException(
                    "understudy.instance",
                    instance,
                    "the instance's name, such as us: lower-case letters, digits and hyphens, a"
                            + " letter first");
        }
        if (catalog.isEmpty()) {
            throw new InvalidConfigurationException(
                    "understudy.catalog",
                    "",
                    "a comma-separated list of <owner>.<entity type's full name>, such as"
                            + " us.contoso.crm.Account");
        }
        if (schemas.isEmpty()) {
            throw new InvalidConfigurationException(
                    "understudy.schemas",
                    "",
                    "a comma-separated list of files, directories or classpath:<folder>");
        }
    }

    private static List<String> plain(List<String> texts) {
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }
}
