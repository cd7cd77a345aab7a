package dev.understudy.service;

import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads properties as text and converts them itself, since the framework's binding takes a default
 * in silence where a value cannot be converted. Nothing is read before all names are known.
 */
@Singleton
public final class Settings {
    private static final ArgumentConversionContext<List<String>> LIST =
            io.micronaut.core.convert.ConversionContext.of(Argument.listOf(String.class));

    private final Environment environment;
    private final KnownProperties known;

    /**
     * Of an environment.
     *
     * @throws StartException if a property {@code understudy.*} is unknown
     */
    public Settings(Environment environment, KnownProperties known) {
        new UnknownProperties(known).check(environment);
        this.environment = environment;
        this.known = known;
    }

    public String text(String property, String defaultValue) {
        return environment
                .getProperty(requireKnown(property), String.class)
                .orElse(defaultValue)
                .strip();
    }

    /** Comma-separated, without what is blank. */
    public List<String> list(String property, String... defaultValue) {
        return environment
                .getProperty(requireKnown(property), LIST)
                .orElse(Arrays.asList(defaultValue))
                .stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public int whole(String property, int defaultValue) {
        String text = text(property, String.valueOf(defaultValue));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new InvalidConfigurationException(property, text, "a whole number");
        }
    }

    /** A length of time, such as {@code 20ms}, {@code 10s}, {@code 7d} or {@code PT10S}. */
    public Duration duration(String property, Duration defaultValue) {
        String text = text(property, defaultValue.toString());
        return environment
                .convert(text, Duration.class)
                .orElseThrow(() ->
                        new InvalidConfigurationException(
                                property, text, "a length of time, such as 20ms, 10s or 7d"));
    }

    /** One of an enum's constants, in any case. */
    public <E extends Enum<E>> E choice(String property, E defaultValue) {
        String text = text(property, defaultValue.name());
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        return Stream.of(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidConfigurationException(
                                property,
                                text,
                                Stream.of(constants)
                                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(" or "))));
    }

    private String requireKnown(String property) {
        if (!known.names().contains(property)) {
            throw new IllegalStateException(property + " is read, but not in the known properties");
        }
        return property;
    }
}
