package dev.understudy.instance.configuration;

import java.util.regex.Pattern;

/**
 * Properties {@code understudy.registry.*}.
 *
 * @param url base URL of a registry with Confluent's API
 */
public record RegistryConfiguration(String url) {
    private static final Pattern URL = Pattern.compile("(https?|mock)://\\S+");

    public RegistryConfiguration {
        if (!URL.matcher(url).matches()) {
            throw new InvalidConfigurationException(
                    "understudy.registry.url",
                    url,
                    "the base URL of a schema registry, such as http://localhost:8081");
        }
    }
}
