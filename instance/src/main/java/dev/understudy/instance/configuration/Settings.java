package dev.understudy.instance.configuration;

import dev.understudy.schemas.model.OnMissing;
import io.micronaut.context.env.Environment;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads properties as text and converts them itself, since the framework's binding takes a default
 * in silence where a value cannot be converted.
 */
@Singleton
final class Settings {
    private final Environment environment;

    Settings(Environment environment) {
        this.environment = environment;
    }

    String text(String property, String defaultValue) {
        return environment.getProperty(property, String.class).orElse(defaultValue);
    }

    List<String> list(String property, String... defaultValue) {
        return environment
                .getProperty(property, Argument.listOf(String.class))
                .orElse(Arrays.asList(defaultValue));
    }

    int whole(String property, int defaultValue) {
        String text = text(property, String.valueOf(defaultValue));
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            throw new InvalidConfigurationException(property, text, "a whole number");
        }
    }

    OnMissing onMissing(String property) {
        String text = text(property, OnMissing.PLACEHOLDER.toString());
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "placeholder" -> OnMissing.PLACEHOLDER;
            case "reject" -> OnMissing.REJECT;
            default ->
                    throw new InvalidConfigurationException(
                            property, text, "placeholder or reject");
        };
    }
}
