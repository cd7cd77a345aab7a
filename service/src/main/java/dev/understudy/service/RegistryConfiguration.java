package dev.understudy.service;

/**
 * Properties {@code understudy.registry.*}.
 *
 * @param url base URL of a registry with Confluent's API
 */
public record RegistryConfiguration(String url) {
    private static final String PROPERTY = "understudy.registry.url";

    public RegistryConfiguration {
        InvalidConfigurationException.matching(
                "https?://\\S+",
                PROPERTY,
                url,
                "the base URL of a schema registry, such as http://localhost:8081");
    }

    /** From properties. */
    public static RegistryConfiguration of(Settings settings) {
        return new RegistryConfiguration(settings.text(PROPERTY, ""));
    }
}
