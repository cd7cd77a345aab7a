package dev.understudy.instance.configuration;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.regex.Pattern;

/**
 * Properties {@code understudy.registry.*}.
 *
 * @param url base URL of a registry with Confluent's API
 */
@ConfigurationProperties("understudy.registry")
public record RegistryConfiguration(@Bindable(defaultValue = "") String url) {
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
