package dev.understudy.instance.configuration;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.service.InvalidConfigurationException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Property {@code understudy.ready.types}: of which owned types it is told when entities are
 * complete.
 *
 * @param types full names; {@code *} means all
 */
public record ReadyConfiguration(List<String> types) {
    static final String PROPERTY = "understudy.ready.types";
    private static final String ALL = "*";

    public ReadyConfiguration {
        types = List.copyOf(types);
    }

    /**
     * The types' full names.
     *
     * @throws InvalidConfigurationException if one of them is not owned by this instance
     */
    public Set<String> of(Catalog catalog, String instance) {
        Set<String> owned =
                catalog.ownedBy(instance).stream()
                        .map(entry -> entry.type().fullName())
                        .collect(Collectors.toSet());
        if (types.contains(ALL)) {
            return owned;
        }
        for (String type : types) {
            if (!owned.contains(type)) {
                throw new InvalidConfigurationException(
                        PROPERTY, type, "types that '%s' owns, or *".formatted(instance));
            }
        }
        return Set.copyOf(types);
    }
}
